import type { Answer } from "../../../src/policy/answer.ts";
import { network } from "../../../src/policy/rules/network.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const off = configWith();
const on = configWith({ linux: { namespaces: [{ type: "mount" }] } });

const devices = (...names: readonly string[]): string =>
  `Inter-|   Receive  |  Transmit\n face |bytes |bytes\n${names.map((name) => `${name.padStart(6)}: 1 2 3\n`).join("")}`;
const routes = (...rows: readonly string[]): string =>
  `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\n${rows.map((row) => `${row}\n`).join("")}`;
const route = "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0";

const tables = (
  config: typeof off,
  subject: string,
  path: string,
  cell: string | Answer,
  host: string | Answer,
): string => verdict(network, config, subject, { [`cell read ${path}`]: cell, [`host read ${path}`]: host });
const interfaces = (config: typeof off, cell: string | Answer, host: string | Answer = devices("lo", "eth0")): string =>
  tables(config, "network:interfaces", "/proc/net/dev", cell, host);
const ways = (config: typeof off, cell: string | Answer, host: string | Answer = routes(route)): string =>
  tables(config, "network:routes", "/proc/net/route", cell, host);
const listener = (config: typeof off, cell: number | Answer, host: number | Answer = 0): string =>
  verdict(network, config, "network:loopback-listener", {
    "cell call connect-inet 40123": cell,
    "host call connect-inet 40123": host,
  });

test("the network is off, on, or not known from the config", () => {
  const value = (config: typeof off): unknown => valueIn(network, config, "network:interfaces");
  assert.is(value(off), "off");
  assert.is(value(on), "on");
  const joined = configWith({ linux: { namespaces: [{ type: "network", path: "/work/7/ns" }] } });
  assert.is(value(joined), "joined");
  assert.is(value(configWith({ linux: { netDevices: { eth0: {} } } })), "with-devices");
  assert.equal(asked(network, joined, "network:interfaces"), []);
});

test("off has loopback only, and the tunnel ends that the kernel makes itself", () => {
  assert.is(interfaces(off, devices("lo")), "holds");
  assert.is(interfaces(off, devices("lo", "sit0", "tunl0")), "holds");
  assert.is(interfaces(off, devices("lo", "eth0")), "violated");
  assert.is(interfaces(off, missing), "not-observable");
  assert.is(interfaces(off, ""), "not-observable");
});

test("on has the interfaces of the host", () => {
  assert.is(interfaces(on, devices("eth0", "lo")), "holds");
  assert.is(interfaces(on, devices("lo")), "violated");
  assert.is(interfaces(on, devices("lo"), missing), "broken");
});

test("off has no route, on has those of the host", () => {
  assert.is(ways(off, routes()), "holds");
  assert.is(ways(off, routes(route)), "violated");
  assert.is(ways(on, routes(route)), "holds");
  assert.is(ways(on, routes()), "violated");
  assert.is(ways(off, "garbage"), "not-observable");
});

test("off does not reach the host's listener", () => {
  assert.is(listener(off, -111), "holds");
  assert.is(listener(off, -101), "holds");
  assert.is(listener(off, 0), "violated");
  assert.is(listener(off, -38), "not-observable");
  assert.is(listener(off, unable), "not-observable");
});

test("on reaches it", () => {
  assert.is(listener(on, 0), "holds");
  assert.is(listener(on, -111), "violated");
});

test("a canary that the host itself does not reach proves nothing", () => {
  assert.equal(
    judge(network, off, "network:loopback-listener", {
      "cell call connect-inet 40123": -111,
      "host call connect-inet 40123": -111,
    }),
    { is: "broken", reason: "the host itself does not reach it: ECONNREFUSED" },
  );
  assert.is(listener(off, -111, unable), "not-observable");
});

test("an abstract socket is reached by name", () => {
  const is = (cell: number): string =>
    verdict(network, off, "network:abstract-socket", {
      "cell call connect-abstract cupel-socket": cell,
      "host call connect-abstract cupel-socket": 0,
    });
  assert.is(is(-111), "holds");
  assert.is(is(0), "violated");
});

test("on is weaker than off, what is joined lies between", () => {
  assert.is(network.compare("off", "on"), "weaker");
  assert.is(network.compare("off", "joined"), "weaker");
  assert.is(network.compare("on", "joined"), "stronger");
  assert.is(network.compare("joined", "with-devices"), "different");
});

test("a table that the kernel itself leaves empty has no route; any other empty file says nothing", () => {
  const file = (device: number): string => `file 444 0 0 ${device} 4026532001 0 0:0`;
  const is = (config: typeof off, own: string | Answer, host: string): string =>
    verdict(network, config, "network:routes", {
      "cell read /proc/net/route": "",
      "host read /proc/net/route": host,
      "cell stat /proc/net/route": own,
      "cell stat /proc/net/dev": file(40),
    });
  assert.is(is(off, file(40), routes(route)), "holds");
  assert.is(is(off, file(41), routes(route)), "broken");
  assert.is(is(off, missing, routes(route)), "broken");
  assert.is(is(on, file(40), routes(route)), "violated");
  assert.is(is(on, file(40), ""), "holds");
});
