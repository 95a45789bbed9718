import { isObject, type Json } from "../../../src/json/value.ts";
import { memoryPid } from "../../../src/suite/memory-host.ts";
import { assert, test } from "../../suite.ts";
import { misfit, refusal, run } from "./run.ts";

test("an architecture has its names in exactly these letters", () => {
  for (const arch of ["X86_64", "x86-64", "arm", "", " aarch64", "riscv64gc", "constructor"]) {
    assert.is(refusal("normalizeArch", { arch }), `unsupported architecture ${arch}`);
    assert.is(refusal("requiredQemuBinary", { arch }), `unsupported architecture ${arch}`);
  }
  assert.is(run("requestedOciArch", { arch: "riscv64" }), "riscv64");
  assert.is(run("requiredQemuBinary", { arch: "riscv64" }), "qemu-riscv64-static");
  assert.is(run("requiredQemuBinary", { arch: "arm64" }), "qemu-aarch64-static");
  assert.is(misfit("normalizeArch", { arch: null }), "/request/arch");
});

test("a reference keeps a transport that upstream knows, wherever :// stands", () => {
  const kept = [
    "http://x",
    "a://",
    "x:/://",
    "oci:",
    "dir:x",
    "docker-archive:",
    "oci-archive:/a",
    "containers-storage:[x]y",
  ];
  for (const reference of kept) assert.is(run("ociReference", { reference }), reference);
  for (const reference of ["ubuntu", " oci:/x", "docker:/x", "ocidir:/x", "localhost:5000/x:1", "é"]) {
    assert.is(run("ociReference", { reference }), `docker://${reference}`);
  }
});

test("the key of an image is the SHA-256 of the UTF-8 of its identity, which is not tidied", () => {
  assert.equal(run("cacheKey", { reference: "é", requestedOciArch: "" }), {
    identity: "é\narch=",
    key: "3d64578767a33ff42406c07ade2cf254320be2c54b30d8fd04a9ddc9d1e732d8",
  });
  const keyOf = (reference: string, arch: string): Json => run("cacheKey", { reference, requestedOciArch: arch });
  assert.not.equal(keyOf("a", "b"), keyOf("a\narch=b", "b"));
});

test("a rule is named for the last part of the emulator's path and the process that answers", () => {
  const rule = (emulatorPath: string): Json => run("binfmtRuleName", { emulatorPath });
  assert.is(rule("/a/q.x/."), `metalor-q-x-${memoryPid}`);
  assert.is(rule("q"), `metalor-q-${memoryPid}`);
  assert.is(rule("/a/😀"), `metalor---${memoryPid}`);
  for (const emulatorPath of ["/", "", "/a/..", "."]) {
    assert.is(refusal("binfmtRuleName", { emulatorPath }), `invalid emulator path ${emulatorPath}`);
  }
});

test("the line that registers an emulator takes its machine from the file name alone", () => {
  const line = (emulatorPath: string, ruleName = "r"): Json => run("qemuRegistration", { ruleName, emulatorPath });
  assert.match(String(line("/x/qemu-riscv64-static/")), /\\x02\\x00\\xf3\\x00:.*:\/x\/qemu-riscv64-static\/:FP$/);
  for (const name of ["qemu-riscv64", "qemu-i386-static", "constructor", "QEMU-x86_64-static"]) {
    const emulatorPath = `/.metalor-run/${name}`;
    assert.is(
      refusal("qemuRegistration", { ruleName: "r", emulatorPath }),
      `unsupported emulator path ${emulatorPath}`,
    );
  }
  assert.is(refusal("qemuRegistration", { ruleName: "r", emulatorPath: "/a/.." }), "invalid emulator path /a/..");
});

test("the rule name goes in before the emulator, so that it may name it; no replacement pattern is special", () => {
  const path = "/$&$1/qemu-x86_64-static";
  const line = String(run("qemuRegistration", { ruleName: "a{interpreter}b$&", emulatorPath: path }));
  assert.ok(line.startsWith(`:a${path}b$&:M::\\x7fELF`), line);
  assert.ok(line.endsWith(`:${path}:FP`), line);
});

test("helpers are named without a check", () => {
  assert.is(run("helperBinaryPath", { binaryName: "" }), "/.metalor-run/");
  assert.is(run("helperBinaryPath", { binaryName: "../x" }), "/.metalor-run/../x");
});

test("a limit of zero is a limit", () => {
  const limits = { cpuTimeSeconds: null, memoryBytes: null, maxProcesses: null };
  assert.is(run("limitsUnbounded", { limits }), true);
  for (const name of Object.keys(limits)) {
    assert.is(run("limitsUnbounded", { limits: { ...limits, [name]: 0 } }), false);
  }
});

test("upstream's abilities on Linux are told, and there is nothing to ask for", () => {
  const told = run("backendCaps", {});
  assert.ok(isObject(told) && told["perJobNetworkToggle"] === true && told["profileSelectedNetwork"] === false);
  assert.is(misfit("backendCaps", { linux: true }), "/request/linux");
});

test("root and scratch lie apart by their parts, not by their text", () => {
  const words = (root: string, scratch: string): string => refusal("distinctPaths", { root, scratch });
  assert.is(words("/p/x", "/p//x/."), "build scratch must not equal the build cell root");
  assert.is(words("/p", "/p//x"), "build scratch /p//x must not overlap build cell root /p");
  assert.is(words("/", "/p"), "build scratch /p must not overlap build cell root /");
  assert.is(run("distinctPaths", { root: "/p/x", scratch: "/p/x-" }), true);
});
