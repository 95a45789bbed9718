import { atPointer } from "../../../src/json/pointer.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { bind, misfit, mount, refusal, run, step } from "./run.ts";

/** The options of a snapshot opened read-only. */
function readonlyOptions(type: string, ...options: readonly string[]): Json | undefined {
  const src = { kind: "ref", mounts: [{ type, source: "/s", options }] };
  return atPointer(run("selector", step({ mounts: [{ dest: "/d", readonly: true, src }] })), "/0/options");
}

function lifecycle(...mounts: readonly JsonObject[]): JsonObject {
  return run("lifecycle", step({ mounts })) as JsonObject;
}

test("a read-only snapshot loses every rw, and a second ro is none too many", () => {
  assert.equal(readonlyOptions("bind", "rw", "rbind", "ro", "rw"), ["rbind", "ro", "ro"]);
  assert.equal(readonlyOptions(""), ["ro"]);
});

test("the upper directory of an overlay goes in front of every lowerdir", () => {
  assert.equal(readonlyOptions("overlay", "rw", "lowerdir=/l", "upperdir=/u", "workdir=/w", "lowerdir=/m"), [
    "rw",
    "lowerdir=/u:/l",
    "lowerdir=/u:/m",
  ]);
  assert.equal(readonlyOptions("overlay", "upperdir=/u", "workdir=/w"), undefined);
  assert.equal(readonlyOptions("overlay", "upperdir=/u", "lowerdir=/l", "upperdir=/v"), ["lowerdir=/v:/l"]);
  assert.equal(readonlyOptions("overlay", "upperdir=/u", "lowerdir=/l", "upperdir="), ["lowerdir=/l"]);
});

test("a blank destination leaves two blanks in the refusal", () => {
  assert.is(refusal("config", step({ mounts: [{ dest: "" }] })), "mount  has no source");
});

test("of upstream's own tmpfs only opening can fail, and nothing else is seen of it", () => {
  const tmpfs = { kind: "tmpfs", mountableError: "no", noRelease: true };
  assert.equal(lifecycle({ dest: "/t", src: tmpfs, readonly: true })["events"], ["open /t readonly=true", "cleanup"]);
  const failing = lifecycle({ dest: "/t", src: { ...tmpfs, mountError: "full" } });
  assert.equal(failing, { error: "failed to mount /t: full", events: ["open /t readonly=false"] });
});

test("a mount that fails when it is mounted is seen to try, and releases those before it alone", () => {
  const result = lifecycle(mount("/a", { mounts: bind("/s") }), mount("/b", { mountableError: "busy" }));
  assert.equal(result["error"], "busy");
  assert.equal(result["events"], [
    "open /a readonly=false",
    "mount /a",
    "open /b readonly=false",
    "mount /b",
    "release /a",
  ]);
});

test("a mount whose part is refused is released too", () => {
  const tree = [{ path: "/s/l", type: "symlink", target: "l" }];
  const mounts = [mount("/a", { mounts: bind("/s") }, { selector: "l" })];
  assert.equal(run("lifecycle", step({ mounts, tree })), {
    error: "too many links",
    events: ["open /a readonly=false", "mount /a", "release /a"],
  });
});

test("the clean-up panics at the first source without a release, after those in front of it", () => {
  const none = mount("/b", { mounts: bind("/s"), noRelease: true });
  const result = lifecycle(mount("/a", { mounts: [] }), none, mount("/c", { mounts: [] }));
  assert.equal((result["events"] as readonly Json[]).slice(-2), ["cleanup", "release /a"]);
  assert.match(String(result["cleanupPanic"]), /nil pointer dereference/);
});

test("the generator itself panics when such a source is released because a later one fails", () => {
  const mounts = [mount("/a", { noRelease: true }), mount("/b", { mountError: "gone" })];
  assert.match(refusal("config", step({ mounts })), /nil pointer dereference/);
  assert.match(refusal("lifecycle", step({ mounts })), /nil pointer dereference/);
});

test("a mount is refused by its field", () => {
  assert.is(misfit("config", step({ mounts: [{ src: null }] })), "/request/mounts/0/dest");
  assert.is(misfit("config", step({ mounts: [mount("/a", { kind: "cache" })] })), "/request/mounts/0/src/kind");
  assert.is(misfit("config", step({ mounts: [mount("/a", { mounts: [[]] })] })), "/request/mounts/0/src/mounts/0");
});
