import { readProfile, takesSystem } from "../../src/suite/profile.ts";
import { assert, test } from "../suite.ts";
import { refused } from "./refused.ts";

const profile = {
  name: "runc",
  versionArgs: ["--version"],
  run: ["{runtime}", "--root", "{root}", "run", "--bundle", "{bundle}", "{id}"],
  flags: [{ args: ["--network=none"], when: "network-private" }],
  kill: ["{runtime}", "kill", "{id}", "KILL"],
  delete: ["{runtime}", "delete", "{id}"],
  wraps: ["hybrid-cgroup-shim"],
  cannotObserve: { seccomp: "it has a kernel of its own" },
  hangs: [{ lint: "id-maps-without-user-namespace", reason: "waits for ever" }],
  terminal: "script",
};

function code(change: object): string {
  return refused(() => readProfile(JSON.stringify({ ...profile, ...change }), "p.json")).code;
}

test("a profile is read", () => {
  assert.equal(readProfile(JSON.stringify(profile), "p.json"), profile);
});

test("words that nobody knows are refused", () => {
  assert.is(code({ flags: [{ args: [], when: "sunny" }] }), "format-wrong-value");
  assert.is(code({ wraps: ["paper"] }), "format-wrong-value");
  assert.is(code({ hangs: [{ lint: "x", reason: "r" }] }), "format-wrong-value");
  assert.is(code({ run: ["{runtime}", "{bundel}"] }), "format-unknown-token");
  assert.is(code({ kill: ["{runtime}", "--root={root}"] }), "format-unknown-token");
  assert.is(code({ color: "red" }), "format-unknown-key");
});

test("a rule or system that nobody knows is refused where it stands", () => {
  assert.is(code({ systems: ["snyx"] }), "unknown-system");
  assert.is(code({ cannotObserve: { mount: "reason" } }), "unknown-rule");
  const blind = { cannotObserveWhere: [{ checks: ["mounts", "umsk[umask]"], reason: "r" }] };
  const { message } = refused(() => readProfile(JSON.stringify({ ...profile, ...blind }), "p.json"));
  assert.match(message, /^p\.json:1:\d+ \(\/cannotObserveWhere\/0\/checks\/1\): there is no rule "umsk"$/);
  assert.is(code({ ignores: [{ at: "/mounts", checks: ["nothing"], reason: "r" }] }), "unknown-rule");
  const globs = { cannotObserve: { "seccomp*": "r", "mounts[mount:*]": "r" } };
  assert.equal(readProfile(JSON.stringify({ ...profile, ...globs }), "p.json").cannotObserve, globs.cannotObserve);
});

test("a profile of the kind unshare has no command lines of its own, and may be for some systems only", () => {
  const bare = { ...profile, kind: "unshare", systems: ["metalor"], run: [], kill: [], delete: [] };
  const read = readProfile(JSON.stringify(bare), "p.json");
  assert.equal([takesSystem(read, "metalor"), takesSystem(read, "snix")], [true, false]);
  assert.ok(takesSystem(readProfile(JSON.stringify(profile), "p.json"), "snix"));
  assert.is(code({ kind: "unshare" }), "format-not-empty");
  assert.is(code({ kind: "chroot" }), code({ kind: 1 }));
});
