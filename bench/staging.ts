/**
 * What staging and finalizing a tree of many small files cost beside `cp -a` of the same tree, all of it on a file system in
 * memory: medians of interleaved rounds, and how much memory this process needed. It judges nothing.
 * Usage: node --import tsx bench/staging.ts [ROUNDS]
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { realHost } from "../runner/host/real-host.ts";
import { finalize } from "../src/systems/metalor/finalize.ts";
import { resetStage } from "../src/systems/metalor/reset-stage.ts";
import type { BuildCellSpec } from "../src/systems/metalor/spec.ts";
import { stage } from "../src/systems/metalor/stage.ts";
import { median } from "./median.ts";

const fileCount = 20_000;
const fileSize = 10_000;
const filesInDirectory = 100;

/** One thing to measure, and how long it took in each round, in milliseconds. */
interface Subject {
  readonly name: string;
  readonly once: () => void;
  /** What has to be there before, or goes away afterwards; not measured. */
  readonly before: () => void;
  readonly times: number[];
}

const rounds = Number(process.argv[2] ?? 5);
const directory = realpathSync(mkdtempSync("/dev/shm/cupel-bench-"));
try {
  compare(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function compare(below: string): void {
  const source = join(below, "source");
  const scratch = join(below, "scratch");
  const copied = join(below, "copied");
  const out = join(below, "out");
  makeTree(source);
  const host = realHost(below);
  const spec = specOf(below, source, scratch, out);
  const clear = (...paths: readonly string[]): void => {
    for (const path of paths) rmSync(path, { recursive: true, force: true });
  };
  const stageAll = (): void => {
    resetStage(host, scratch);
    stage(host, spec);
  };
  const copyAll = (from: string, to: string): void => void execFileSync("cp", ["-a", from, to]);
  const subjects: readonly Subject[] = [
    { name: "cp -a", before: () => clear(copied), once: () => copyAll(source, copied), times: [] },
    { name: "staging", before: () => clear(scratch), once: stageAll, times: [] },
    {
      name: "cp -a and rm -rf of the copy's source",
      before: () => {
        clear(out, copied);
        copyAll(source, copied);
      },
      once: () => {
        copyAll(copied, out);
        execFileSync("rm", ["-rf", copied]);
      },
      times: [],
    },
    {
      name: "finalizing: the export copied out, the scratch directory removed",
      before: () => {
        clear(out);
        stageAll();
      },
      once: () => finalize(host, spec, true),
      times: [],
    },
  ];
  const before = process.memoryUsage().rss;
  let most = before;
  for (let round = 0; round < rounds; round++) {
    for (const { before: prepare, once, times } of subjects) {
      prepare();
      const start = performance.now();
      once();
      times.push(performance.now() - start);
      most = Math.max(most, process.memoryUsage().rss);
    }
  }
  clear(copied, out, scratch);
  const base = median(subjects[0]?.times ?? []);
  console.log(`${readCount(source)} files of ${fileSize} bytes, ${rounds} rounds, medians:`);
  for (const { name, times } of subjects) {
    const time = median(times);
    console.log(`${time.toFixed(0).padStart(6)} ms  ${(time / base).toFixed(2)}x cp -a  ${name}`);
  }
  const [, staging, , finalizing] = subjects.map(({ times }) => median(times));
  console.log(
    `staging and finalizing together: ${(((staging ?? 0) + (finalizing ?? 0)) / (2 * base)).toFixed(2)}x two cp -a`,
  );
  console.log(`memory: ${mega(before)} MB before, ${mega(most)} MB at most`);
}

function makeTree(source: string): void {
  const bytes = new Uint8Array(fileSize).fill(0x61);
  for (let file = 0; file < fileCount; file++) {
    const parent = join(source, `d${Math.floor(file / filesInDirectory)}`);
    if (file % filesInDirectory === 0) mkdirSync(parent, { recursive: true });
    writeFileSync(join(parent, `f${file}`), bytes);
  }
}

function readCount(source: string): number {
  return readdirSync(source).reduce((count, name) => count + readdirSync(join(source, name)).length, 0);
}

function specOf(below: string, source: string, scratch: string, out: string): BuildCellSpec {
  return {
    root: join(below, "root"),
    scratch,
    workspacePath: "/workspace",
    workspaceSeed: { SnapshotDir: source },
    imports: [],
    caches: [],
    exports: [{ source: "/workspace", destination: out }],
    command: { cwd: "/workspace", executable: "/bin/true", argv: [] },
    env: [],
    network: "Disabled",
    limits: { cpuTimeSeconds: null, memoryBytes: null, maxProcesses: null },
    cleanup: "Always",
  };
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
