import { atPointer } from "../../src/json/pointer.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { makeConfig } from "../../src/systems/obuilder/make-config.ts";
import type { ConfigOptions } from "../../src/systems/obuilder/options.ts";
import { readRequest, type SandboxRequest } from "../../src/systems/obuilder/request.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import { assert, test } from "../suite.ts";

const step: SandboxRequest = {
  cwd: "/",
  argv: [],
  hostname: "builder",
  user: { uid: 0, gid: 0 },
  env: [],
  mounts: [],
  network: [],
  mountSecrets: [],
};

/** What the config for a step with `changes` has at `pointer`. */
function configAt(
  pointer: string,
  changes: Partial<SandboxRequest>,
  options: Partial<ConfigOptions> = {},
): Json | undefined {
  return atPointer(
    makeConfig({ ...step, ...changes }, { arches: [], configDir: "/c", resultsDir: "/r", ...options }),
    pointer,
  );
}

/** How a step with `changes` is refused: code and text. */
function refusal(changes: Partial<SandboxRequest>): string {
  try {
    configAt("", changes);
  } catch (error) {
    if (error instanceof Rejection) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

/** The field that does not fit. */
function misfit(changes: { readonly [field: string]: Json }): string {
  try {
    readRequest({ ...(step as unknown as { readonly [field: string]: Json }), ...changes });
  } catch (error) {
    if (error instanceof Misfit) return error.pointer;
    throw error;
  }
  return "fits";
}

test("an empty entrypoint is an entrypoint, none and null are none", () => {
  assert.match(refusal({ entrypoint: "" }), /^entrypoint-set: .* line 107, /);
  assert.is(refusal({ entrypoint: null }), "accepted");
  assert.is(refusal({}), "accepted");
});

test("a Windows user is refused before an unknown network", () => {
  assert.match(refusal({ user: { name: "" }, network: ["none"] }), /^windows-user: .* line 111, /);
});

test("only exactly host is the host's network", () => {
  assert.match(refusal({ network: ["Host"] }), /^unsupported-network: /);
  assert.match(refusal({ network: ["host "] }), /^unsupported-network: /);
});

test("ids of 63 bits reach the config without loss", () => {
  const user = { uid: 2n ** 62n - 1n, gid: -(2n ** 62n) };
  assert.is(
    printCompact(configAt("/process/user", { user }) ?? null),
    '{"uid":4611686018427387903,"gid":-4611686018427387904}',
  );
});

test("an id that OCaml's int does not hold does not fit", () => {
  assert.is(misfit({ user: { uid: 2n ** 62n, gid: 0 } }), "/request/user/uid");
  assert.is(misfit({ user: { uid: 0, gid: 0.5 } }), "/request/user/gid");
  assert.is(misfit({ user: { uid: 2n ** 62n - 1n, gid: -(2n ** 62n) } }), "fits");
});

test("a misfit names the field: a missing id, a stray one beside a name, half a variable, an unknown key", () => {
  assert.is(misfit({ user: { uid: 0 } }), "/request/user/gid");
  assert.is(misfit({ user: { name: "u", uid: 0 } }), "/request/user/uid");
  assert.is(misfit({ env: [["A"]] }), "/request/env/0/1");
  assert.is(misfit({ shell: [] }), "/request/shell");
});

test("an empty variable name gives a bare equals sign in front of the value", () => {
  assert.equal(
    configAt("/process/env", {
      env: [
        ["", ""],
        ["", "="],
      ],
    }),
    ["=", "=="],
  );
});

test("the eleventh secret is secret-10, and each has its own mount even on one target", () => {
  const mountSecrets = Array.from({ length: 11 }, () => ({ value: "", target: "/s" }));
  const mounts = configAt("/mounts", { mountSecrets });
  assert.ok(Array.isArray(mounts));
  assert.is(mounts.length, 8 + 11);
  assert.equal(configAt("/mounts/18", { mountSecrets }), {
    destination: "/s",
    type: "bind",
    source: "/c/secret-10",
    options: ["rbind", "rprivate", "ro"],
  });
});

test("only one final slash is noticed when directories are joined", () => {
  assert.is(configAt("/root/path", {}, { resultsDir: "/r//" }), "/r//rootfs");
  assert.is(configAt("/root/path", {}, { resultsDir: "/" }), "/rootfs");
  assert.is(configAt("/root/path", {}, { resultsDir: "." }), "./rootfs");
});

test("the filter names exactly the architectures it is given, known or not, and no key for none", () => {
  assert.equal(configAt("/linux/seccomp", {}, { arches: ["ANY"] }), {
    defaultAction: "SCMP_ACT_ALLOW",
    syscalls: [],
    architectures: ["ANY"],
  });
  assert.equal(configAt("/linux/seccomp", {}), { defaultAction: "SCMP_ACT_ALLOW", syscalls: [] });
});
