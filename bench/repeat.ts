/**
 * Whether verdicts are the same every time: runs `cupel run` over and over and compares the verdict of every check with
 * the first run's. Usage, as root: node --import tsx bench/repeat.ts [RUNS] [ARGUMENTS OF cupel run...]
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Event } from "../src/suite/event.ts";
import { median } from "./median.ts";

const [count = "20", ...args] = process.argv.slice(2);
const runs = Number(count);
const home = fileURLToPath(new URL("..", import.meta.url));
const times: number[] = [];
const changed = new Map<string, Set<string>>();
let first: ReadonlyMap<string, string> | undefined;

for (let run = 0; run < runs; run++) {
  const started = performance.now();
  const verdicts = runOnce();
  times.push(performance.now() - started);
  first ??= verdicts;
  for (const id of new Set([...first.keys(), ...verdicts.keys()])) {
    const before = first.get(id) ?? "absent";
    const now = verdicts.get(id) ?? "absent";
    if (before !== now) changed.set(id, (changed.get(id) ?? new Set([before])).add(now));
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${run + 1} of ${runs}, ${changed.size} checks changed`);
}
if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
for (const [id, verdicts] of changed) process.stdout.write(`${[...verdicts].join(" and ")}: ${id}\n`);
const checks = first?.size ?? 0;
const rate = (checks / median(times)) * 1000;
process.stdout.write(`${runs} runs, ${checks} checks, ${(median(times) / 1000).toFixed(1)} s a run (median), `);
process.stdout.write(`${rate.toFixed(0)} checks a second, ${changed.size} checks whose verdict changed\n`);
process.exitCode = changed.size === 0 ? 0 : 1;

/** Verdicts by check id, with what a baseline knows told apart. */
function runOnce(): ReadonlyMap<string, string> {
  const argv = ["bin/cupel.js", "run", "--reporter", "ndjson", ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, {
    cwd: home,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0 && status !== 1) throw new Error(`cupel run ended with ${status}\n${stderr}`);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  return new Map(
    events.flatMap((event) =>
      event.type === "check" ? [[event.id, event.known === undefined ? event.verdict : "known"] as const] : [],
    ),
  );
}
