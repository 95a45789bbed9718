import { atPointer } from "../../../src/json/pointer.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { misfit, refusal, run, step } from "./run.ts";

function configAt(pointer: string, changes: JsonObject = {}, options: JsonObject = {}): Json | undefined {
  return atPointer(run("config", step(changes), options), pointer);
}

function namespaceTypes(changes: JsonObject): readonly Json[] {
  return (configAt("/linux/namespaces", changes) as readonly JsonObject[]).map(({ type = null }) => type);
}

test("what a request leaves out is zero: no network interfaces, no maps, no mounts, a blank directory", () => {
  const config = run("config", { meta: {} });
  assert.is(atPointer(config, "/process/cwd"), "");
  assert.is(atPointer(config, "/process/args"), undefined);
  assert.is(atPointer(config, "/linux/cgroupsPath"), "/buildkit");
  assert.is((atPointer(config, "/mounts") as readonly Json[]).length, 9);
});

test("the user namespace stands behind the network, and a network without a path is a private one", () => {
  const idmap = { uidMaps: null, gidMaps: [] };
  assert.equal(namespaceTypes({ idmap }), ["pid", "ipc", "uts", "mount", "network", "user"]);
  assert.equal(namespaceTypes({ idmap, network: { mode: "host" } }), ["pid", "ipc", "uts", "mount", "user"]);
  assert.equal(configAt("/linux/namespaces/4", { network: { mode: "cni", netnsPath: "" } }), { type: "network" });
  assert.is(configAt("/linux/uidMappings", { idmap }), undefined);
});

test("modes may be numbers as text, the known ones included", () => {
  assert.equal(configAt("/linux/maskedPaths", { processMode: "1" }), ["/sys/firmware"]);
  const insecure = { meta: { securityMode: "1" } };
  assert.is(configAt("/linux/maskedPaths", insecure), undefined);
  assert.is(configAt("/linux/seccomp", insecure), undefined);
  assert.is(configAt("/linux/seccomp", { meta: { securityMode: "-3" } }), undefined);
  assert.is(configAt("/linux/seccomp/defaultAction", { meta: { securityMode: "0" } }), "SCMP_ACT_ERRNO");
});

test("insecure mode makes the mounts of every step writable, and leaves those of the caller alone", () => {
  const mounts = [
    { dest: "/sys/x", src: { kind: "static", mounts: [{ type: "sysfs", source: "sysfs", options: ["ro"] }] } },
  ];
  const config = run("config", step({ meta: { securityMode: "insecure" }, mounts }), { inUserNS: true });
  assert.equal(atPointer(config, "/mounts/5/options"), ["nosuid", "noexec", "nodev", "rw"]);
  assert.equal(atPointer(config, "/mounts/8/options"), ["rw", "nosuid", "noexec", "nodev"]);
  assert.equal(atPointer(config, "/mounts/9/options"), ["ro"]);
  assert.is(atPointer(config, "/linux/devices"), undefined);
});

test("there are eight loop devices beyond the first free one", () => {
  const meta = { securityMode: "insecure" };
  assert.is((configAt("/linux/devices", { meta }, { freeLoopId: 5 }) as readonly Json[]).length, 6 + 13);
  assert.equal(configAt("/linux/devices/18", { meta }, { freeLoopId: 5 }), {
    path: "/dev/loop12",
    type: "b",
    major: 7,
    minor: 12,
  });
  assert.is(misfit("config", step({ meta }), { freeLoopId: -1 }), "/options/freeLoopId");
  assert.is(misfit("config", step({ meta }), { freeLoopId: 2 ** 31 }), "/options/freeLoopId");
});

test("a namespace is measured in bytes, before its letters are looked at, and shown quoted", () => {
  const named = (containerdNamespace: string): string => refusal("config", step({ containerdNamespace }));
  const long = "é".repeat(39);
  assert.is(
    named(long),
    `namespace validation: identifier "${long}" greater than maximum length (76 characters): invalid argument`,
  );
  assert.match(named("a\n"), /identifier "a\\n" must match \^\[A-Za-z0-9\]\+/);
  assert.match(named("a..b"), /must match/);
  assert.match(named("\u0007\u200b\ud83d\ude00"), /identifier "\\a\\u200b\ud83d\ude00" must match/u);
  assert.match(named("x".repeat(1_000_000)), /greater than maximum length/);
  assert.is(configAt("/linux/cgroupsPath", { containerdNamespace: "a".repeat(76) }), `/${"a".repeat(76)}/c1`);
});

test("a blank cgroup path of the caller's leaves none, and groups of nobody leave no key", () => {
  const opts = [{ op: "uidGid", uid: 1, gid: 2, additionalGids: null }, { op: "cgroupsPath" }];
  assert.is(configAt("/linux/cgroupsPath", { opts }), undefined);
  assert.equal(configAt("/process/user", { opts }), { uid: 1, gid: 2 });
});

test("an id that climbs further than the root stays there", () => {
  assert.is(configAt("/linux/cgroupsPath", { id: "../../.." }), "/");
  assert.is(configAt("/linux/cgroupsPath", { id: "a//b/./c" }), "/buildkit/a/b/c");
});

test("ids of a map are whole numbers of 64 bits, narrowed to 32", () => {
  const range = (hostId: Json) => ({ uidMaps: [{ containerId: 1n, hostId, size: 2 }] });
  assert.equal(configAt("/linux/uidMappings", { idmap: range(2n ** 63n - 1n) }), [
    { containerID: 1, hostID: 4294967295, size: 2 },
  ]);
  assert.is(misfit("config", step({ idmap: range(2n ** 63n) })), "/request/idmap/uidMaps/0/hostId");
  assert.is(misfit("config", step({ idmap: range(0.5) })), "/request/idmap/uidMaps/0/hostId");
});

test("a misfit names the field", () => {
  assert.is(misfit("config", {}), "/request/meta");
  assert.is(misfit("config", step({ meta: { args: "true" } })), "/request/meta/args");
  assert.is(misfit("config", step({ meta: { args: ["\ud800"] } })), "/request/meta/args/0");
  assert.is(misfit("config", step({ meta: { securityMode: "open" } })), "/request/meta/securityMode");
  assert.is(misfit("config", step({ network: { mode: "bridge" } })), "/request/network/mode");
  assert.is(misfit("config", step({ opts: [{ op: "uidGid", uid: -1 }] })), "/request/opts/0/uid");
  assert.is(misfit("config", step({ opts: [{ op: "rlimits" }] })), "/request/opts/0/op");
  assert.is(misfit("config", step({ hostname: "h" })), "/request/hostname");
  assert.is(misfit("config", step(), { os: "windows" }), "/options/os");
});

test("a hundred thousand variables, arguments and mounts are no burden", () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `N${index}=v`);
  const mounts = many.slice(0, 20_000).map((dest) => ({ dest, src: { kind: "tmpfs" } }));
  const config = run("config", step({ meta: { args: many, env: many }, mounts }));
  assert.is((atPointer(config, "/process/env") as readonly Json[]).length, 100_000);
  assert.is((atPointer(config, "/mounts") as readonly Json[]).length, 20_009);
});
