import type { Json, JsonObject } from "../../../src/json/value.ts";
import { validateConfig } from "../../../src/oci/validate.ts";
import { capabilityNames } from "../../../src/oci/vocabulary.ts";
import { memoryHost } from "../../../src/suite/memory-host.ts";
import { makeOciConfig, ociConfig } from "../../../src/systems/metalor/oci-config.ts";
import type { OciConfigOptions } from "../../../src/systems/metalor/oci-config-options.ts";
import { planBundle } from "../../../src/systems/metalor/plan-bundle.ts";
import type { BuildCellSpec } from "../../../src/systems/metalor/spec.ts";
import { Misfit } from "../../../src/systems/misfit.ts";
import { Rejection } from "../../../src/systems/rejection.ts";
import { assert, test } from "../../suite.ts";

const spec: BuildCellSpec = {
  root: "/srv/root",
  scratch: "/srv/scratch",
  workspacePath: "/workspace",
  workspaceSeed: { SnapshotDir: "/srv/src" },
  imports: [{ source: "/srv/cc", destination: "/opt/cc" }],
  caches: [{ source: "/srv/cache", destination: "/cache" }],
  exports: [{ source: "/workspace/app", destination: "/srv/out/app" }],
  command: { cwd: "/workspace", executable: "make", argv: ["all"] },
  env: [
    ["PATH", "/bin"],
    ["B", "1"],
    ["B", "2"],
    ["A", "é=="],
  ],
  network: "Enabled",
  limits: { cpuTimeSeconds: 7, memoryBytes: 18446744073709551615n, maxProcesses: 0 },
  cleanup: "Always",
};

function destinations(change: Partial<BuildCellSpec>, options: OciConfigOptions = {}): readonly string[] {
  return (makeOciConfig({ ...spec, ...change }, options).mounts ?? []).map(({ destination }) => destination);
}

test("the mounts come in the order in which upstream makes them", () => {
  assert.equal(destinations({}), [
    ...["/workspace", "/opt/cc", "/cache", "/proc", "/etc/resolv.conf"],
    ...["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"],
  ]);
});

test("only imports are read-only", () => {
  const readOnly = (makeOciConfig(spec, {}).mounts ?? []).filter(({ options }) => options?.includes("ro"));
  assert.equal(
    readOnly.map(({ source }) => source),
    ["/srv/scratch/imports/0"],
  );
});

test("resolv.conf needs the network, and nothing is bound that a mount covers or the host lacks", () => {
  assert.not(destinations({ network: "Disabled" }).includes("/etc/resolv.conf"));
  assert.not(destinations({ caches: [{ source: "/c", destination: "/etc" }] }).includes("/etc/resolv.conf"));
  assert.equal(destinations({ imports: [{ source: "/d", destination: "/dev" }] }).slice(-1), ["/etc/resolv.conf"]);
  assert.equal(destinations({}, { hostFiles: ["/dev/zero"] }).slice(3), ["/proc", "/dev/zero"]);
});

test("the environment is sorted, the last of a repeated name counts, and limits are soft and hard", () => {
  const { process } = makeOciConfig(spec, {});
  assert.equal(process?.env, ["A=é==", "B=2", "PATH=/bin"]);
  assert.equal(process?.rlimits, [
    { type: "RLIMIT_CPU", soft: 7, hard: 7 },
    { type: "RLIMIT_AS", soft: 18446744073709551615n, hard: 18446744073709551615n },
    { type: "RLIMIT_NPROC", soft: 0, hard: 0 },
  ]);
  assert.equal(process?.args, ["make", "all"]);
});

test("root keeps what the caller has; with the rootless backend it is root of a namespace of its own", () => {
  const caller: OciConfigOptions = { host: { uid: 7, gid: 8, groups: [9], capabilities: ["CAP_CHOWN"] } };
  const plain = makeOciConfig(spec, caller);
  assert.equal(plain.process?.capabilities?.bounding, ["CAP_CHOWN"]);
  assert.equal(plain.process?.user, { uid: 0, gid: 0, additionalGids: [9] });
  assert.type(plain.linux?.uidMappings, "undefined");
  const rootless = makeOciConfig(spec, { ...caller, backend: "RootlessUser" });
  assert.equal(rootless.process?.capabilities?.effective, capabilityNames);
  assert.equal(rootless.linux?.uidMappings, [{ containerID: 0, hostID: 7, size: 1 }]);
  assert.equal(rootless.linux?.gidMappings, [{ containerID: 0, hostID: 8, size: 1 }]);
  assert.is(rootless.linux?.namespaces?.[0]?.type, "user");
});

test("every config of it is valid", () => {
  for (const options of [{}, { backend: "RootlessUser" }, { hostFiles: [] }] satisfies OciConfigOptions[]) {
    const findings = validateConfig(makeOciConfig(spec, options) as unknown as Json);
    assert.equal(
      findings.filter(({ level }) => level === "error"),
      [],
    );
  }
});

test("what upstream refuses is refused, and what does not fit does not come so far", () => {
  const run = (change: object, options: Json = {}): Json =>
    ociConfig.run({ spec: { ...spec, ...change } as unknown as Json }, options, memoryHost());
  assert.throws(
    () => run({ root: "/" }),
    (error: unknown) => error instanceof Rejection,
  );
  assert.throws(
    () => run({ network: "On" }),
    (error: unknown) => error instanceof Misfit,
  );
  assert.throws(
    () => run({}, { host: { capabilities: ["CAP_FLY"] } }),
    (error: unknown) => error instanceof Misfit,
  );
});

test("a bundle moves every path of the host below its directory, and says how that shows", () => {
  const { plan, request, options, explains } = planBundle(
    { spec } as unknown as Json,
    { host: { capabilities: ["CAP_CHOWN"] } },
    "/run/c/bundle",
  );
  const moved = (request as unknown as { spec: BuildCellSpec }).spec;
  assert.equal(
    [moved.root, moved.scratch, moved.workspaceSeed, moved.imports[0]?.source, moved.exports[0]?.destination],
    [
      "/run/c/bundle/host/srv/root",
      "/run/c/bundle/host/srv/scratch",
      { SnapshotDir: "/run/c/bundle/host/srv/src" },
      "/run/c/bundle/host/srv/cc",
      "/run/c/bundle/host/srv/out/app",
    ],
  );
  assert.is((options as JsonObject)["resolvConf"], "/run/c/bundle/host/etc/resolv.conf");
  assert.equal(plan.outputs, [
    { inside: "/workspace/app", outside: "/run/c/bundle/host/srv/out/app" },
    { inside: "/cache/.cupel-cached", outside: "/run/c/bundle/host/srv/cache/.cupel-cached" },
  ]);
  assert.equal(plan.afterwards, [{ path: moved.scratch, is: "removed" }]);
  assert.ok(explains?.some(({ after }) => JSON.stringify(after) === '["CAP_CHOWN"]'));
});

test("what stands in the cell's directory already stays where it is", () => {
  const own = { ...spec, imports: [{ source: "/run/c/shell", destination: "/bin/sh" }] };
  const { request } = planBundle({ spec: own } as unknown as Json, {}, "/run/c/bundle");
  assert.is((request as unknown as { spec: BuildCellSpec }).spec.imports[0]?.source, "/run/c/shell");
});
