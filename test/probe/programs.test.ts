import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { callsAvailable } from "../../runner/execute/probe/calls.ts";
import { emitNamed } from "../../runner/execute/probe/programs.ts";
import type { ProgramName } from "../../src/policy/question.ts";
import { assert, test } from "../suite.ts";

const lacking = callsAvailable(process.arch) ? undefined : `no emitted code for ${process.arch}`;

/** How the program ends. */
function end(name: ProgramName, amount: number): number | string | null {
  const directory = mkdtempSync(`${tmpdir()}/cupel-program-`);
  try {
    writeFileSync(`${directory}/program`, emitNamed(name, amount), { mode: 0o755 });
    const options = { timeout: 120_000 };
    const { status, signal } = spawnSync(`${directory}/program`, [], options);
    return status ?? signal;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.executes(lacking, "a program says who it runs as", () => {
  assert.is(end("effective-user", 0), (process.geteuid?.() ?? 0) & 0xff);
});

test.executes(lacking, "processes are made, ended and waited for", () => {
  assert.is(end("processes", 20), 0);
  assert.is(end("processes", 1), 0);
});

test.executes(lacking, "memory is touched, processor time used", () => {
  assert.is(end("memory", 4096), 0);
  assert.is(end("memory", 1024 * 1024), 0);
  assert.is(end("processor-time", 5), 0);
});

test("no program is made that would harm a machine without limits", () => {
  for (const [name, amount] of [
    ["processes", 100_000],
    ["memory", 2 ** 40],
    ["processor-time", 60_000],
    ["processes", -1],
    ["processes", 1.5],
  ] as const) {
    assert.throws(
      () => emitNamed(name, amount),
      (error: unknown) => error instanceof RangeError,
      `${name} ${amount}`,
    );
  }
});
