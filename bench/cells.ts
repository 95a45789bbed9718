/**
 * What cupel adds to a runtime: every case that the runtime carries out, once through `cupel run --jobs 1` and once by the bare
 * command line on the same bundle with the same probe, in turn; then the whole table with one, two and four cells at a time.
 * Usage, as root: node bench/cells.js [ROUNDS] [RUNTIME]
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { makeCell } from "../runner/execute/cell/make-cell.ts";
import type { PreparedCell } from "../runner/execute/cell/prepare-cell.ts";
import { executeRun } from "../runner/execute/execute-run.ts";
import { withinJail } from "../runner/execute/jail/inside.ts";
import { removeTree } from "../runner/execute/jail/remove-tree.ts";
import { minimalEnvironment } from "../runner/execute/jail/tools.ts";
import { type PreparedRun, prepareRun } from "../runner/execute/prepare-run.ts";
import { dataRoot } from "../runner/load/data-root.ts";
import { loadCases } from "../runner/load/load-cases.ts";
import { loadGoldens } from "../runner/load/load-goldens.ts";
import { loadProfiles } from "../runner/load/load-profiles.ts";
import { median, middleHalf } from "./median.ts";
import { percent, stolenSince } from "./stolen.ts";

const rounds = Number(process.argv[2] ?? 5);
const name = process.argv[3] ?? "runc";
/** How many cells are executed one way before they are the other. */
const block = 17;

/** Measures and prints, and gives the exit code; `entry` is the program that a jail starts anew. */
export function measure(entry: string): Promise<number> {
  return withinJail(async (jail) => {
    const root = dataRoot(undefined, process.cwd());
    const all = loadCases(root);
    const goldens = loadGoldens(root, all, false);
    const run = await prepareRun(jail, {
      cases: all.filter((c) => c.run !== undefined),
      golden: (id) => goldens.of(id),
      runtimes: loadProfiles(root).flatMap((profile) => (profile.name === name ? [{ profile }] : [])),
      timeout: 60_000,
    });
    try {
      const done = await carriedOut(run);
      await compare(done);
      await sideBySide(done);
    } finally {
      await run.close();
    }
    return 0;
  }, entry);
}

/**
 * `run` with those of its cells that start as they are and come to their end (others, like those known to hang, cupel looks at
 * without what keeps them from starting); the round warms up as well.
 */
async function carriedOut(run: PreparedRun): Promise<PreparedRun> {
  const ended = new Set<string>();
  const started = new Set<string>();
  let checks = 0;
  const begun = performance.now();
  await executeRun(run, 2, (event) => {
    if (event.type === "cell" && event.exit === 0) ended.add(event.id);
    if (event.type !== "check" || event.verdict === "skip") return;
    checks += 1;
    if (event.verdict === "pass") started.add(event.id);
  });
  const rate = (checks / (performance.now() - begun)) * 1000;
  say(`${name}: checks judged, --jobs 2`, `${checks}, ${rate.toFixed(0)} a second`);
  return { ...run, cells: run.cells.filter(({ id, starts }) => ended.has(id) && started.has(starts)) };
}

/**
 * The table in blocks, each both ways in turn, one cell at a time: the difference, by cell, is what cupel adds. A machine may be
 * slow for seconds; that a block is short, and that the median counts, keeps it out of the difference.
 */
async function compare(run: PreparedRun): Promise<void> {
  const differences: number[] = [];
  const bares: number[] = [];
  const wholes: number[] = [];
  const stolen = stolenSince();
  for (let round = 0; round <= rounds; round++) {
    for (let first = 0; first < run.cells.length; first += block) {
      const cells = run.cells.slice(first, first + block);
      const started = performance.now();
      await executeRun({ ...run, cells }, 1, () => {});
      const whole = (performance.now() - started) / cells.length;
      let bare = 0;
      for (const cell of cells) bare += (await bareRun(run, cell)) / cells.length;
      if (round === 0) continue; // warm-up
      differences.push(whole - bare);
      bares.push(bare);
      wholes.push(whole);
    }
  }
  say("cells, blocks, counted rounds", `${run.cells.length}, ${differences.length / rounds}, ${rounds}`);
  say("bare command line, per cell", `${median(bares).toFixed(1)} ms`);
  say("cupel run --jobs 1, per cell", `${median(wholes).toFixed(1)} ms`);
  const [low, high] = middleHalf(differences).map((each) => each.toFixed(1));
  say("added per cell, median of differences", `${median(differences).toFixed(1)} ms, half of them ${low} to ${high}`);
  say("taken away by other guests meanwhile", percent(stolen()));
}

/** The runtime's command line on the bundle of `cell`, and nothing around it but reading its output. */
async function bareRun(run: PreparedRun, cell: PreparedCell): Promise<number> {
  if ("code" in cell.plan) throw new Error(`${cell.id} cannot be planned`);
  const made = makeCell(cell, cell.plan, cell.config, run.world);
  const [file = "", ...args] = made.launched;
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(file, args, { cwd: made.paths.bundle, env: minimalEnvironment, stdio: "pipe" });
    child.on("error", reject);
    child.on("close", () => resolve());
    child.stdout.resume();
    child.stderr.resume();
    child.stdin.write(`${randomBytes(16).toString("hex")}\n\n`); // the second line lets go who waits for the host
    if (!made.terminal) child.stdin.end();
  });
  const time = performance.now() - started;
  removeTree(cell.directory);
  return time;
}

async function sideBySide(run: PreparedRun): Promise<void> {
  const stolen = stolenSince();
  const times = new Map<number, number[]>([1, 2, 4].map((jobs) => [jobs, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [jobs, taken] of times) {
      const started = performance.now();
      await executeRun(run, jobs, () => {});
      taken.push(performance.now() - started);
    }
  }
  const one = median(times.get(1) ?? []);
  for (const [jobs, taken] of times) {
    const time = median(taken);
    const rate = (run.cells.length / time) * 1000;
    say(
      `whole table, --jobs ${jobs}`,
      `${time.toFixed(0)} ms, ${rate.toFixed(1)} cells/s, ${(one / time).toFixed(2)} x`,
    );
  }
  say("taken away by other guests meanwhile", percent(stolen()));
}

function say(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(40)}${figure}\n`);
}
