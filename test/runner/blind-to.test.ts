import { blindTo } from "../../runner/execute/runtime/blind-to.ts";
import { lint, predicate } from "../../runner/execute/runtime/profile-words.ts";
import { whyIgnored } from "../../runner/execute/runtime/why-ignored.ts";
import type { Json } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import type { Promised } from "../../src/policy/rule.ts";
import { assert, test } from "../suite.ts";
import { profileWith } from "./profile-with.ts";

const ociVersion = "1.0.2";
const seccomp = "seccomp-denied[denied:*]";

function blind(
  profile: object,
  value: Json,
  subject = "denied:keyctl",
  config: Config = { ociVersion },
): string | undefined {
  const promised = { rule: "seccomp-denied", subject, value, at: "/linux/seccomp" };
  return blindTo(profileWith(profile), config, promised);
}

test("a runtime is blind to a rule, or to the subjects of it that its profile names", () => {
  assert.is(blind({ cannotObserve: { "seccomp-denied": "why" } }, "kernel"), "why");
  assert.is(blind({ cannotObserve: { [seccomp]: "why" } }, "kernel"), "why");
  assert.is(blind({ cannotObserve: { "seccomp-denied[denied:bpf]": "why" } }, "kernel"), undefined);
  assert.is(blind({ cannotObserve: { seccomp: "why" } }, "kernel"), undefined);
});

test("it may be so only where just that is promised, or where a member of it is", () => {
  const where = (promised: Json): object => ({ cannotObserveWhere: [{ checks: [seccomp], promised, reason: "why" }] });
  assert.is(blind(where("kernel"), "kernel"), "why");
  assert.is(blind(where("kernel"), "errno:1"), undefined);
  assert.is(blind(where({ gains: false }), { gains: false, by: "mount" }), "why");
  assert.is(blind(where({ gains: false }), { gains: true, by: "mount" }), undefined);
  assert.is(blind(where({ toString: "x" }), { gains: true }), undefined);
});

test("it may be so only with configs of one kind", () => {
  const profile = { cannotObserveWhere: [{ checks: ["**"], when: "proc-of-the-host", reason: "why" }] };
  const proc = { destination: "/proc", source: "/proc" };
  assert.is(blind(profile, "kernel", "a/b", { ociVersion, mounts: [{ ...proc, options: ["rbind"] }] }), "why");
  assert.is(blind(profile, "kernel", "a/b", { ociVersion, mounts: [{ ...proc, type: "proc" }] }), undefined);
});

test("a change is ignored where nothing else of the config changes than what the runtime takes no notice of", () => {
  const profile = profileWith({
    ignores: [
      { at: "/linux/maskedPaths", reason: "masks nothing" },
      { at: "/linux/namespaces/*", where: { type: "pid" }, reason: "its own processes" },
    ],
  });
  const before = { linux: { maskedPaths: ["/a"], namespaces: [{ type: "pid" }, { type: "user" }] } };
  const changed = (linux: { readonly [key: string]: Json }): string | undefined =>
    whyIgnored(profile, before, { linux: { ...before.linux, ...linux } });
  assert.is(changed({ maskedPaths: [] }), "masks nothing");
  assert.is(changed({ namespaces: [{ type: "user" }] }), "its own processes");
  assert.is(changed({ namespaces: [{ type: "pid" }] }), undefined);
  assert.is(changed({ maskedPaths: [], rootfsPropagation: "shared" }), undefined);
});

test("a change may be ignored for some promises alone, with configs of one kind alone, or one word of a list alone", () => {
  const profile = profileWith({
    ignores: [
      { at: "/process/capabilities", when: "process-not-root", checks: ["capability-use"], reason: "not root" },
      { at: "/mounts/*/options/*", value: "nosuid", reason: "no set-user-id" },
    ],
  });
  const config = (uid: number, effective: readonly string[], options: readonly string[] = ["nosuid"]): Json => ({
    process: { user: { uid, gid: 0 }, capabilities: { effective } },
    mounts: [{ destination: "/tmp", options }],
  });
  const about = (rule: string): Promised => ({ rule, subject: "x", value: "refused", at: "" });
  const ignored = (before: Json, after: Json, ...rules: readonly string[]): string | undefined =>
    whyIgnored(profile, before, after, rules.map(about));
  assert.is(ignored(config(7, []), config(7, ["CAP_KILL"]), "capability-use"), "not root");
  assert.is(ignored(config(0, []), config(0, ["CAP_KILL"]), "capability-use"), undefined);
  assert.is(ignored(config(7, []), config(7, ["CAP_KILL"]), "capability-use", "capabilities"), undefined);
  assert.is(ignored(config(0, []), config(0, [], []), "set-uid"), "no set-user-id");
  assert.is(ignored(config(0, [], ["nosuid", "ro"]), config(0, [], ["nosuid"]), "mounts"), undefined);
});

test("words of profiles speak of the config that is run", () => {
  const shared: Config = { ociVersion, linux: { uidMappings: [{ containerID: 0, hostID: 1, size: 1 }] } };
  const own: Config = {
    ociVersion,
    linux: { namespaces: [{ type: "network" }], cgroupsPath: "/x", resources: { pids: { limit: 1 } } },
  };
  assert.equal([predicate("network-private", own), predicate("network-shared", own)], [true, false]);
  assert.equal([predicate("no-cgroup-path", shared), predicate("no-cgroup-path", own)], [true, false]);
  assert.equal([predicate("no-resources", shared), predicate("no-resources", own)], [true, false]);
  assert.equal(
    [lint("id-maps-without-user-namespace", shared), lint("id-maps-without-user-namespace", own)],
    [true, false],
  );
  const user = (uid: number): Config => ({ ociVersion, process: { cwd: "/", user: { uid, gid: 0 } } });
  assert.equal([lint("process-not-root", user(7)), lint("process-not-root", user(0))], [true, false]);
});
