import { atPointer } from "../../../src/json/pointer.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { run, step } from "./run.ts";

function rules(boundingCaps: readonly string[], arch: string): readonly JsonObject[] {
  return atPointer(run("seccompProfile", { boundingCaps }, { arch }), "/syscalls") as readonly JsonObject[];
}

function names(boundingCaps: readonly string[], arch: string): readonly Json[] {
  // Behind the long list and the three of personality.
  return rules(boundingCaps, arch)
    .slice(4)
    .map(({ names = null }) => names);
}

function architectures(arch: string): Json | undefined {
  return atPointer(run("seccompProfile", {}, { arch }), "/architectures");
}

test("each architecture has its own calls and names its relatives", () => {
  const arm = ["arm_fadvise64_64", "arm_sync_file_range", "breakpoint", "cacheflush", "set_tls"];
  assert.equal(names([], "arm"), [arm, ["clone"]]);
  assert.equal(names([], "arm64"), [arm, ["clone"]]);
  assert.equal(architectures("arm64"), ["SCMP_ARCH_ARM", "SCMP_ARCH_AARCH64"]);
  assert.equal(architectures("s390x"), ["SCMP_ARCH_S390", "SCMP_ARCH_S390X"]);
  assert.equal(architectures("mipsel64n32"), ["SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64N32"]);
  for (const arch of ["386", "arm", "ppc64le", "mips", "riscv64", "constructor"])
    assert.is(architectures(arch), undefined);
  assert.equal(names([], "ppc64le"), [["clone"]]);
});

test("the flags of clone are the second argument on s390 alone", () => {
  const index = (arch: string) => atPointer(rules([], arch).at(-1) ?? null, "/args/0/index");
  assert.is(index("amd64"), 0);
  assert.is(index("s390"), 1);
  assert.is(index("s390x"), 1);
});

test("capabilities open their calls in their order, again where they are named again; others open none", () => {
  assert.equal(names(["CAP_SYS_TIME", "CAP_CHOWN", "cap_sys_boot", "CAP_SYS_BOOT", "CAP_SYS_TIME"], "ppc64le"), [
    ["settimeofday", "stime", "adjtimex"],
    ["reboot"],
    ["settimeofday", "stime", "adjtimex"],
    ["clone"],
  ]);
  assert.equal(names(["toString", "__proto__", ""], "ppc64le"), [["clone"]]);
});

test("whoever may administer the system may clone as he likes", () => {
  assert.ok(rules(["CAP_SYS_ADMIN"], "amd64").every(({ args }) => JSON.stringify(args)?.includes("MASKED") !== true));
});

test("a step in the sandbox has the profile of the daemon's architecture and of its fourteen capabilities", () => {
  for (const arch of ["amd64", "386", "arm64", "s390x", "mips64", "ppc64le"]) {
    const config = run("config", step(), { arch, seccompSupported: true });
    const boundingCaps = atPointer(config, "/process/capabilities/bounding") ?? null;
    assert.equal(atPointer(config, "/linux/seccomp"), run("seccompProfile", { boundingCaps }, { arch }), arch);
  }
});
