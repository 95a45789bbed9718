import { parseJson } from "../../../src/json/parse.ts";
import { atPointer } from "../../../src/json/pointer.ts";
import { printCompact } from "../../../src/json/print.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { defaultSpec } from "../../../src/systems/crossplane/default-spec.ts";
import { assert, test } from "../../suite.ts";
import { image, misfit, refusal, refusalCode, run } from "./run.ts";

const config = (...options: readonly JsonObject[]): Json => run("config", { options });
const based = (base: Json, ...options: readonly JsonObject[]): string => printCompact(run("config", { base, options }));
const at = (pointer: string, ...options: readonly JsonObject[]): Json | undefined =>
  atPointer(config(...options), pointer);

const host = { kind: "hostNetwork" };
const cpu = (limit: string): JsonObject => ({ kind: "cpuLimit", limit });
const memory = (limit: string): JsonObject => ({ kind: "memoryLimit", limit });

test("making a config changes nothing for the next one", () => {
  const before = printCompact(config());
  config(host, cpu("1"), memory("1"), image({ env: ["A=1"], user: "7" }), { kind: "rootFS", path: "/r" });
  assert.is(printCompact(config()), before);
  assert.is(printCompact(defaultSpec), before);
});

test("a limit replaces its whole block and leaves the others", () => {
  const base = {
    linux: { resources: { cpu: { period: 5, cpus: "0" }, memory: { limit: 1, swap: 2 }, pids: { limit: 3 } } },
  };
  assert.is(
    based(base, memory("4"), cpu("1")),
    '{"ociVersion":"","linux":{"resources":{"memory":{"limit":4},"cpu":{"shares":1024,"quota":100000},"pids":{"limit":3}}}}',
  );
});

test("the host's network takes away every network namespace, joined ones too, and an empty list is left out", () => {
  const namespaces = [{ type: "network", path: "/run/ns" }, { type: "user" }, { type: "network" }];
  assert.match(based({ linux: { namespaces } }, host), /"linux":\{"namespaces":\[\{"type":"user"\}\]\}\}$/);
  assert.match(based({ linux: { namespaces: [{ type: "network" }] } }, host), /"linux":\{\}\}$/);
});

test("limits beyond a double reach the config without loss", () => {
  assert.is(at("/linux/resources/memory/limit", memory("8Ei")), 9223372036854775807n);
  assert.is(at("/linux/resources/memory/limit", memory("-8Ei")), -9223372036854775807n);
  assert.is(at("/linux/resources/cpu/quota", cpu("12345678901234567k")), 7888470899684038);
  assert.is(at("/linux/resources/memory/limit", memory("9007199254740993")), 9007199254740993n);
});

test("an image changes what it says and leaves the rest", () => {
  assert.is(at("/hostname", image()), "function-runtime-oci");
  assert.is(at("/process/cwd", image()), "/");
  assert.equal(at("/process/user", image()), { uid: 0, gid: 0 });
  assert.is(based({}, image()), '{"ociVersion":"","process":{"user":{"uid":0,"gid":0},"args":["/f"],"cwd":""}}');
});

test("variables that are null or missing are none", () => {
  for (const env of [null, []] as const) assert.is((at("/process/env", image({ env })) as Json[]).length, 1);
  assert.is(refusalCode("config", { options: [image({ entrypoint: null })] }), "no-command");
});

test("the first failing option is reported, with the words of New and Write only for a config of one's own", () => {
  const options = [memory("1x"), cpu("1x")];
  assert.match(
    refusal("config", { options }),
    /^cannot create new spec: cannot apply spec option: cannot parse memory/,
  );
  assert.match(refusal("config", { base: {}, options }), /^cannot parse memory limit: quantities must/);
  assert.match(refusal("write", { options }), /^cannot create new spec: cannot apply spec option: cannot parse memory/);
  assert.is(refusalCode("config", { options }), "quantity-format");
});

test("files that a user option names are parsed before anything is applied", () => {
  const user = { kind: "user", user: "0", passwd: "broken", group: "" };
  assert.is(
    refusal("config", { options: [memory("1x"), user] }),
    "cannot parse passwd file data: record on line 1: wrong number of fields",
  );
});

test("a document to start from is read as Go reads it", () => {
  assert.is(
    based({ later: 1, OCIVERSION: "2", process: null, mounts: [null] }),
    '{"ociVersion":"2","mounts":[{"destination":""}]}',
  );
  assert.is(
    based({ linux: { Namespaces: [{}], seccomp: { syscalls: [{}] } } }),
    '{"ociVersion":"","linux":{"namespaces":[{"type":""}],"seccomp":{"defaultAction":"","syscalls":[{"names":null,"action":""}]}}}',
  );
  assert.is(
    based({ annotations: { b: "1", a: "2" }, hooks: {}, vm: null }),
    '{"ociVersion":"","hooks":{},"annotations":{"a":"2","b":"1"}}',
  );
  assert.is(
    based({ linux: { resources: { memory: { limit: 0, swap: 18446744073709551615n / 2n } } } }),
    '{"ociVersion":"","linux":{"resources":{"memory":{"limit":0,"swap":9223372036854775807}}}}',
  );
  assert.is(printCompact(run("config", { base: null, options: [] })), printCompact(config()));
});

test("a document to start from that Go's types do not take does not fit, at its very place", () => {
  const at = (base: Json): string => misfit("config", { base, options: [] });
  assert.is(at([]), "/request/base");
  assert.is(at({ process: { user: { uid: -1 } } }), "/request/base/process/user/uid");
  assert.is(at({ process: { user: { uid: 4294967296 } } }), "/request/base/process/user/uid");
  assert.is(
    at({ linux: { resources: { memory: { limit: 9223372036854775808n } } } }),
    "/request/base/linux/resources/memory/limit",
  );
  assert.is(at({ mounts: [{}, { options: ["a", 1] }] }), "/request/base/mounts/1/options/1");
  assert.is(at({ process: { rlimits: [{ hard: 0.5 }] } }), "/request/base/process/rlimits/0/hard");
  assert.is(at({ annotations: { a: 1 } }), "/request/base/annotations/a");
});

test("a misfit names the field: an unknown kind, a stray key, a wrong type, half a text", () => {
  const at = (option: Json): string => misfit("config", { options: [option] });
  assert.is(at({ kind: "gpuLimit" }), "/request/options/0/kind");
  assert.is(at({ kind: "hostNetwork", path: "/" }), "/request/options/0/path");
  assert.is(at({ kind: "cpuLimit", limit: 1 }), "/request/options/0/limit");
  assert.is(at(image({ cmd: ["a", "\ud800"] })), "/request/options/0/config/cmd/1");
  assert.is(at({ kind: "runFunctionConfig", networkPolicy: "HOST" }), "/request/options/0/networkPolicy");
  assert.is(at(image({}, { passwd: { errno: "ENOENT" } })), "/request/options/0/passwd");
  assert.is(misfit("write", { base: {}, options: [] }), "/request/base");
  assert.is(misfit("config", { options: [] }, { revision: "v1" }), "/options/revision");
  assert.is(misfit("config", { options: [] }, { revision: "3d2dcd12" }), "fits");
});

test("what is written is the config, with Go's escapes", () => {
  const options = [image({ cmd: ['<&>\u2028\u2029\b\f\u007f\\"é😀'] }), memory("8Ei")];
  const text = String(run("write", { options }));
  assert.equal(parseJson(text), parseJson(printCompact(run("config", { options }))));
  assert.ok(text.includes('"\\u003c\\u0026\\u003e\\u2028\\u2029\\u0008\\u000c\u007f\\\\\\"é😀"'), text);
  assert.ok(text.includes('"memory":{"limit":9223372036854775807}'));
  assert.ok(!text.endsWith("\n"));
});
