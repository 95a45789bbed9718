import { notCarriedOut } from "../../runner/execute/runtime/unshare/carries-out.ts";
import { mountList } from "../../runner/execute/runtime/unshare/mount-list.ts";
import { unshareCommand } from "../../runner/execute/runtime/unshare/unshare-command.ts";
import { boundingSet, supplementaryGroups } from "../../runner/host/process-status.ts";
import { mergePatch } from "../../src/json/merge-patch.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { capabilityNames } from "../../src/oci/vocabulary.ts";
import { assert, test } from "../suite.ts";

const own = boundingSet();

const plain = {
  ociVersion: "1.0.2",
  root: { path: "/c/root" },
  process: {
    user: { uid: 0, gid: 0, additionalGids: [...supplementaryGroups()] },
    cwd: "/w",
    args: ["/cupel/step", "a b"],
    env: ["A=1"],
    capabilities: { bounding: own, effective: own, permitted: own, inheritable: [], ambient: [] },
    noNewPrivileges: false,
    rlimits: [{ type: "RLIMIT_CPU", soft: 1, hard: 2 }],
  },
  linux: { namespaces: [{ type: "pid" }, { type: "mount" }, { type: "network" }], rootfsPropagation: "private" },
} as unknown as JsonObject;

const config = (change: Json = {}): Config => mergePatch(plain, change) as unknown as Config;

test("the command is two calls of unshare, with the mounts, the environment and the limits between them", () => {
  const words = unshareCommand("/bin/unshare", config(), "/c/root", "/c/mounts");
  const [first, second] = [words.indexOf("/bin/unshare"), words.lastIndexOf("/bin/unshare")];
  assert.equal(words.slice(first, second).slice(0, 7), [
    ...["/bin/unshare", "--fork", "--kill-child=KILL", "--pid", "--mount", "--net", "--propagation"],
  ]);
  assert.equal(words.slice(second), [
    ...["/bin/unshare", "--root", "/c/root", "--wd", "/w", "--", "/cupel/step", "a b"],
  ]);
  assert.ok(words.includes("--cpu=1:2") && words.includes("A=1") && words.includes("/c/mounts"));
});

test("a user namespace maps the caller to root; another user is changed to last", () => {
  const rootless = config({ linux: { namespaces: [{ type: "user" }] } });
  assert.ok(unshareCommand("/u", rootless, "/r", "/m").includes("--map-root-user"));
  const user = unshareCommand("/u", config({ process: { user: { uid: 5, gid: 6 } } }), "/r", "/m");
  assert.equal(user.slice(-7, -2), ["--setgid", "6", "--setuid", "5", "--"]);
});

test("the list of mounts escapes what a shell would take for something else", () => {
  const list = mountList(
    {
      mounts: [
        { destination: "/a b", type: "bind", source: "in\n$(x)", options: ["bind", "ro", "nosuid", "private"] },
        { destination: "/r", type: "none", source: "/é", options: ["rbind"] },
        { destination: "/proc", type: "proc", source: "proc" },
        { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nosuid", "size=1m"] },
      ],
    },
    "/c",
  );
  assert.equal(list.split("\n"), [
    "bind ro,nosuid /c/in\\0012\\0044\\0050x\\0051 /a\\0040b",
    "rbind - /\\0303\\0251 /r",
    "proc - proc /proc",
    "tmpfs nosuid,size=1m tmpfs /tmp",
    "",
  ]);
});

test("what metalor does is carried out, whatever the machine", () => {
  assert.type(notCarriedOut(config()), "undefined");
  const rootless = {
    process: { capabilities: { bounding: capabilityNames, effective: capabilityNames, permitted: capabilityNames } },
    linux: {
      namespaces: [{ type: "user" }, { type: "mount" }],
      uidMappings: [{ containerID: 0, hostID: process.getuid?.() ?? 0, size: 1 }],
      gidMappings: [{ containerID: 0, hostID: process.getgid?.() ?? 0, size: 1 }],
    },
  };
  assert.type(notCarriedOut(config(rootless as unknown as Json)), "undefined");
});

const beyond: readonly (readonly [what: string, change: Json])[] = [
  ["a read-only root", { root: { readonly: true } }],
  ["a host name", { hostname: "x" }],
  ["no new privileges", { process: { noNewPrivileges: true } }],
  ["fewer capabilities", { process: { capabilities: { bounding: [] } } }],
  ["ambient capabilities", { process: { capabilities: { ambient: ["CAP_CHOWN"] } } }],
  ["groups", { process: { user: { additionalGids: [12345] } } }],
  ["a filter", { linux: { seccomp: { defaultAction: "SCMP_ACT_ALLOW" } } }],
  ["masked paths", { linux: { maskedPaths: ["/proc/kcore"] } }],
  ["limits of a cgroup", { linux: { resources: { pids: { limit: 5 } } } }],
  ["a map", { linux: { uidMappings: [{ containerID: 0, hostID: 1, size: 1 }] } }],
  ["a namespace of somebody", { linux: { namespaces: [{ type: "network", path: "/x" }] } }],
  ["shared mounts", { linux: { rootfsPropagation: "shared" } }],
];

for (const [what, change] of beyond) {
  test(`a config that asks for ${what} is not run as if it had it`, () => {
    assert.match(notCarriedOut(config(change)) ?? "", /^cells that unshare makes cannot have /);
  });
}

test("a config that asks for nothing of the kind is run, empty lists or not", () => {
  assert.type(notCarriedOut(config({ linux: { maskedPaths: [], resources: {} }, hostname: "" })), "undefined");
});
