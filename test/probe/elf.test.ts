import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { callsAvailable, rawCalls } from "../../runner/execute/probe/calls.ts";
import { type CallResult, emitProgram, type RawCall, readResults } from "../../runner/execute/probe/elf.ts";
import { machines } from "../../runner/execute/probe/machine.ts";
import { assert, test } from "../suite.ts";

const lacking = callsAvailable(process.arch) ? undefined : `no emitted code for ${process.arch}`;

function run(calls: readonly RawCall[]): readonly CallResult[] {
  const directory = mkdtempSync(`${tmpdir()}/cupel-elf-`);
  try {
    writeFileSync(`${directory}/program`, emitProgram(calls), { mode: 0o755 });
    return readResults(execFileSync(`${directory}/program`, { input: "" }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.executes(lacking, "calls on bad descriptors return what the kernel says", () => {
  const names = ["fsync", "fdatasync", "syncfs", "sync_file_range"] as const;
  assert.equal(run(names.flatMap((name) => rawCalls(name))), [-9, -9, -9, -9]);
  assert.equal(run(rawCalls("msync")), [-22]);
});

test.executes(lacking, "a call can take the result of the one before", () => {
  const [socket, connect] = run(rawCalls("connect-abstract", "cupel-nobody-listens-here"));
  assert.ok(Number(socket) >= 3);
  assert.is(connect, -111);
});

test.executes(lacking, "paths are passed whole, whatever stands behind them", () => {
  const results = run([
    ...rawCalls("access-execute", "/"),
    ...rawCalls("access-execute", "/no such thing"),
    ...rawCalls("open-write", "/dev/null"),
  ]);
  assert.equal(results.slice(0, 2), [0, -2]);
  assert.ok(Number(results[2]) >= 3);
});

test("a program is small and says what it is", () => {
  for (const machine of [machines.x64, machines.arm64]) {
    const program = emitProgram(rawCalls("fsync", "", machine), machine);
    assert.equal([...program.slice(0, 4)], [0x7f, 0x45, 0x4c, 0x46]);
    assert.ok(program.length < 512);
  }
});

test("results that were cut off are missing, not zero", () => {
  assert.equal(readResults(new Uint8Array(63)), []);
});
