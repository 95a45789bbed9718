/**
 * What `cupel check` costs: started anew on the whole table, beside an empty TypeScript file and `cupel --version`; and in
 * this process, what each further case costs, apart for operations that touch no files and those that do.
 * It judges nothing: absolute numbers are the machine's, ratios are of neighbours in one run.
 * Usage: node --import tsx bench/check.ts [ROUNDS]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataRoot } from "../runner/load/data-root.ts";
import { loadCases } from "../runner/load/load-cases.ts";
import { loadGoldens } from "../runner/load/load-goldens.ts";
import { loadPolicies } from "../runner/load/load-policies.ts";
import type { PlacedCase } from "../src/suite/case.ts";
import { checkCase } from "../src/suite/check-case.ts";
import { findOperation } from "../src/systems/registry.ts";
import { median } from "./median.ts";

/** One thing to measure, and how long it took in each round, in milliseconds. */
interface Subject {
  readonly name: string;
  readonly once: () => void;
  readonly times: number[];
}

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
compareCases();

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

/** Runs Node in the package's directory; what goes wrong there must not be timed. */
function start(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: home, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}\n${stderr}`);
}

function compareCases(): void {
  const root = dataRoot(undefined, home);
  const cases = loadCases(root);
  const goldens = loadGoldens(root, cases, false);
  const policies = loadPolicies(root);
  const kinds = [
    { name: "without files", own: cases.filter((c) => !touchesFiles(c)) },
    { name: "with files", own: cases.filter(touchesFiles) },
  ].map(({ name, own }) => ({
    count: own.length,
    ...subject(`a case ${name} (of ${own.length})`, () => {
      for (const c of own) checkCase(c, c.expect === "golden" ? goldens.of(c.fullId) : undefined, policies);
    }),
  }));
  interleave(kinds, judgings, 30);
  for (const { name, count, times } of kinds) say(name, `${(median(times) / count).toFixed(3)} ms`);
}

function touchesFiles({ system, operation }: PlacedCase): boolean {
  return findOperation(system, operation).effects !== "none";
}

function subject(name: string, once: () => void): Subject {
  return { name, once, times: [] };
}

/** In turn, so that what else the machine does falls on all alike, after rounds that only warm up. */
function interleave(subjects: readonly Subject[], count: number, warmUps: number): void {
  for (let round = -warmUps; round < count; round++) {
    for (const { once, times } of subjects) {
      const started = performance.now();
      once();
      if (round >= 0) times.push(performance.now() - started);
    }
  }
}

function say(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(40)}${figure}\n`);
}
