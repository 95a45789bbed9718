import { changedPromise, startable } from "../../runner/execute/runtime/startable.ts";
import type { Json } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { assert, test } from "../suite.ts";
import { profileWith } from "./profile-with.ts";

const profile = profileWith({
  startsWithout: [
    { remove: [{ at: "/process/capabilities/*/*", value: "CAP_BPF" }], reason: "too new" },
    { when: "id-maps-without-user-namespace", remove: [{ at: "/linux/uidMappings" }], reason: "maps" },
  ],
});

const withSets = (names: readonly string[]): Json => ({
  ociVersion: "1.0.2",
  process: { cwd: "/", args: ["/a"], user: { uid: 0, gid: 0 }, capabilities: { bounding: names, permitted: names } },
  root: { path: "rootfs" },
});
const maps = [{ containerID: 0, hostID: 1, size: 1 }];

test("what a runtime does not start with is left out, and nothing else", () => {
  assert.equal(startable(profile, withSets(["CAP_BPF", "CAP_KILL"])), {
    config: withSets(["CAP_KILL"]),
    reasons: ["too new"],
  });
  assert.is(startable(profile, withSets(["CAP_KILL"])), undefined);
});

test("it is left out of configs of its kind alone", () => {
  const config = (namespaces: readonly Json[]): Json => ({ linux: { namespaces, uidMappings: maps } });
  assert.equal(startable(profile, config([])), { config: { linux: { namespaces: [] } }, reasons: ["maps"] });
  assert.is(startable(profile, config([{ type: "user" }])), undefined);
});

test("promises that speak of what was left out are told from the others", () => {
  const before = withSets(["CAP_BPF", "CAP_KILL"]) as unknown as Config;
  const changed = changedPromise(before, withSets(["CAP_KILL"]) as unknown as Config);
  const rules = new Set(
    promisesOf(before)
      .filter(changed)
      .map(({ rule, subject }) => `${rule} ${subject}`),
  );
  assert.ok(rules.has("capabilities capabilities:bounding"));
  assert.not.ok([...rules].some((each) => !each.startsWith("capabilities ")));
});
