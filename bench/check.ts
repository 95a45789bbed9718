/**
 * What `cupel check` costs: started anew on the whole table, beside an empty TypeScript file and `cupel --version`; and
 * what each further case costs, apart for operations that touch no files and those that do (check-cases.ts).
 * It judges nothing: absolute numbers are the machine's, ratios are of neighbours in one run.
 * Usage: node --import tsx bench/check.ts [ROUNDS]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave, say, subject } from "./interleave.ts";
import { median } from "./median.ts";

const rounds = Number(process.argv[2] ?? 9);
/** Judging is quick, and only quick once the engine has compiled it. */
const judgings = 10 * rounds;
const home = fileURLToPath(new URL("..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "cupel-bench-"));
try {
  compareStarts(directory);
} finally {
  rmSync(directory, { recursive: true });
}
process.stdout.write(start("bench/check-cases.js", String(judgings)));

function compareStarts(empty: string): void {
  writeFileSync(join(empty, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(empty, "empty.ts"), "");
  const first = subject("an empty TypeScript file", () => start("--import", "tsx", join(empty, "empty.ts")));
  const others = [
    subject("cupel --version", () => start("bin/cupel.js", "--version")),
    subject("cupel check, whole table", () => start("bin/cupel.js", "check")),
  ];
  interleave([first, ...others], rounds, 1);
  say(first.name, `${median(first.times).toFixed(0)} ms`);
  for (const { name, times } of others) {
    const ratio = median(times.map((time, round) => time / (first.times[round] ?? Number.NaN)));
    say(name, `${median(times).toFixed(0)} ms, ${ratio.toFixed(2)} x`);
  }
}

/** Runs Node in the package's directory and gives what it printed; what goes wrong there must not be timed. */
function start(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: home, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}\n${stderr}`);
  return stdout;
}
