import type { Json } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { run } from "./run.ts";

const added =
  "\nnameserver 8.8.8.8\nnameserver 8.8.4.4\nnameserver 2001:4860:4860::8888\nnameserver 2001:4860:4860::8844";
const kept = "nameserver 192.0.2.1\n";

const text = (hostContent: string, dns: Json = null): Json => run("resolvConf", { hostContent, dns });

test("keyword and address on two lines are removed together, CR and form feed with them", () => {
  assert.is(text(`nameserver\n127.0.0.1\n${kept}`), kept);
  assert.is(text(`nameserver 127.0.0.1\r\n\f${kept}`), kept);
  assert.is(text(`nameserver ::1\r\n${kept}`), `nameserver ::1\r\n${kept}`);
  assert.is(text(`nameserver\v127.0.0.1\n${kept}`), `nameserver\v127.0.0.1\n${kept}`);
});

test("a removed line takes the next one's indentation, which is then no start of a line", () => {
  assert.is(text("nameserver 127.0.0.1\n  nameserver 127.0.0.2\n"), "nameserver 127.0.0.2\n");
});

test("lines end at LF alone", () => {
  assert.is(text(`nameserver 127.0.0.1\n${kept}x\u2028nameserver 127.0.0.1\n`), `${kept}x\u2028nameserver 127.0.0.1\n`);
  assert.is(text(`a\rnameserver 127.0.0.1\n${kept}`), `a\rnameserver 127.0.0.1\n${kept}`);
});

test("a server needs no blank before its address, and may have leading zeros", () => {
  assert.is(text("nameserver198.51.100.9"), "nameserver198.51.100.9");
  assert.is(text("nameserver 010.001.000.09\n"), "nameserver 010.001.000.09\n");
  assert.is(text("nameserver 256.0.0.1\n"), `nameserver 256.0.0.1\n${added}`);
  assert.is(text("Nameserver 192.0.2.1\n"), `Nameserver 192.0.2.1\n${added}`);
  assert.is(text("nameserver ::\n"), "nameserver ::\n");
  assert.is(text("nameserver fe80::1%é\n"), `nameserver fe80::1%é\n${added}`);
});

test("the last line of a kind counts, even with nothing behind its keyword, whatever its white space is", () => {
  const empty = { nameservers: [], options: null };
  assert.is(text(`search a\nsearch\n${kept}`, empty), kept);
  assert.is(text(`searchx\u00a0y\u2003z\n${kept}`, empty), `search x y z\n${kept}`);
  assert.is(text(`options a\tb # c\n${kept}`, empty), `${kept}options a b\n`);
});

test("settings pass as they are: blanks make a search line, and no options", () => {
  const dns = { nameservers: ["no address", "no address"], searchDomains: [" ", " "], options: [" ", ""] };
  assert.is(text("", dns), `search    \nnameserver no address\nnameserver no address\n${added}`);
  assert.is(text(kept, { options: ["\t"] }), `${kept}options \t\n`);
  assert.is(text(kept, { searchDomains: [" ."] }), kept);
});

test("the stub is recognised behind comments, and only alone", () => {
  const path = (hostEtcResolvConf: string | null): Json => run("resolvConfPath", {}, { hostEtcResolvConf });
  assert.is(path("# nameserver 192.0.2.1\n nameserver 127.0.0.53 # stub"), "/run/systemd/resolve/resolv.conf");
  assert.is(path("nameserver 127.0.0.53\nnameserver 127.0.0.53\n"), "/etc/resolv.conf");
  assert.is(path(null), "/etc/resolv.conf");
  assert.is(run("resolvConfPath", {}), "/etc/resolv.conf");
});

test("a hundred kilobytes of anything takes no long time", () => {
  for (const piece of [
    " ",
    "nameserver ",
    "nameserver\n",
    "nameserver 127.0.0.1\n",
    "nameserver a:",
    "\n",
    "#",
    "options a ",
  ]) {
    const host = piece.repeat(100_000 / piece.length);
    assert.ok(String(text(host)).length > 0);
    assert.ok(String(text(`nameserver fe80::1%${host}`, {})).length > 0);
  }
  assert.ok(String(text(`nameserver 127.0.0.1${" ".repeat(100_000)}x`)).length > 0);
  assert.ok(String(text(`nameserver${" ".repeat(100_000)}x`)).length > 100_000);
});
