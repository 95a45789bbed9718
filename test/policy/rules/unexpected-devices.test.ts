import type { Json, JsonObject } from "../../../src/json/value.ts";
import { unexpectedDevices } from "../../../src/policy/rules/unexpected-devices.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, missing, valueIn, verdict } from "../fake-answers.ts";

const dev = { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid"] };
const bind = (destination: string): JsonObject => ({ destination, type: "bind", source: "x", options: ["bind"] });
const mounts = (...all: readonly JsonObject[]): Json =>
  valueIn(unexpectedDevices, configWith({ mounts: all }), "names:/dev");

test("what the config puts into a /dev of the cell's own is promised beside the usual names", () => {
  assert.equal(mounts(dev), { names: [] });
  assert.equal(mounts(dev, bind("/dev/mqueue"), bind("/dev/a/b"), bind("/dev/pts"), bind("/device")), {
    names: ["a", "mqueue"],
  });
  const more = { process: { terminal: true }, linux: { devices: [{ path: "/dev/fuse", type: "c" }] } };
  assert.equal(valueIn(unexpectedDevices, configWith({ mounts: [dev], ...more }), "names:/dev"), {
    names: ["console", "fuse"],
  });
});

test("a /dev that somebody else fills promises nothing", () => {
  assert.is(mounts(), "by-image");
  assert.is(mounts({ ...dev, options: ["tmpcopyup"] }), "by-image");
  assert.is(mounts(dev, bind("/dev")), "by-mount");
  assert.is(mounts(dev, bind("/")), "by-mount");
  assert.equal(asked(unexpectedDevices, configWith(), "names:/dev"), []);
});

test("another name is a violation, a missing one is not", () => {
  const config = configWith({ mounts: [dev, bind("/dev/mqueue")] });
  const is = (names: string): string => verdict(unexpectedDevices, config, "names:/dev", { "cell list /dev": names });
  assert.is(
    is("core\nfd\nfull\nmqueue\nnull\npts\nptmx\nrandom\nshm\nstderr\nstdin\nstdout\ntty\nurandom\nzero\n"),
    "holds",
  );
  assert.is(is("null\n"), "holds");
  assert.is(is("null\nsda\n"), "violated");
  assert.is(is("null\nmqueue \n"), "violated");
  assert.is(verdict(unexpectedDevices, config, "names:/dev", { "cell list /dev": missing }), "not-observable");
});

test("more names are weaker, fewer stronger, another kind of /dev is different", () => {
  const { compare } = unexpectedDevices;
  assert.is(compare({ names: ["a"] }, { names: ["a", "b"] }), "weaker");
  assert.is(compare({ names: ["a", "b"] }, { names: ["b"] }), "stronger");
  assert.is(compare({ names: [] }, "by-mount"), "different");
  assert.is(compare("by-image", "by-image"), "same");
});
