/**
 * What a kill -9 of cupel leaves: starts `cupel run`, kills it at a random moment, and looks after one more start whether
 * mounts, cgroups, processes, records and /dev/null are as they were; how long that start takes beyond the
 * next, which has nothing to sweep. Usage, as root: node --import tsx bench/kills.ts [KILLS] [ARGUMENTS OF cupel run...]
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { hostPrint } from "../test/execute/host-print.ts";
import { median } from "./median.ts";
import { percent, stolenSince } from "./stolen.ts";

const [count = "200", ...args] = process.argv.slice(2);
const kills = Number(count);
/** Milliseconds that sweeping should not take. */
const goal = 2000;
const home = fileURLToPath(new URL("..", import.meta.url));
/** The smallest run there is. */
const small = ["bin/cupel.js", "run", "obuilder/network/off", "--runtime", "runc"];

const whole = timed(["bin/cupel.js", "run", ...args]);
timed(small); // so that everything is where it is kept
const before = hostPrint();
const sweeps: number[] = [];
let dirty = 0;
for (let kill = 0; kill < kills; kill++) {
  const child = spawn(process.execPath, ["bin/cupel.js", "run", ...args], { cwd: home, stdio: "pipe" });
  child.stdout.resume();
  child.stderr.resume();
  const ended = once(child, "close");
  const timer = setTimeout(() => child.kill("SIGKILL"), Math.random() * whole);
  await ended;
  clearTimeout(timer);
  const stolen = stolenSince();
  const sweeping = timed(small);
  const share = stolen();
  // The same once more, at once: how quick the machine is just now changes from minute to minute.
  const took = sweeping - timed(small);
  sweeps.push(took);
  if (took > goal)
    say(`after kill ${kill + 1}: ${took.toFixed(0)} ms; other guests took ${percent(share)} of the processors`);
  const after = hostPrint();
  if (!isDeepStrictEqual(after, before)) {
    dirty += 1;
    say(`after kill ${kill + 1}: ${JSON.stringify(differing(after))}`);
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${kill + 1} of ${kills}, ${dirty} left something`);
}
if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
const slowest = Math.max(...sweeps);
const slow = sweeps.filter((each) => each > goal).length;
say(`${kills} kills within ${whole.toFixed(0)} ms, ${dirty} left something`);
say(
  `sweeping: ${median(sweeps).toFixed(0)} ms (median), ${slowest.toFixed(0)} at most, ${slow} times more than ${goal}`,
);
process.exitCode = dirty === 0 ? 0 : 1;

/** How long `cupel` takes, in milliseconds. */
function timed(argv: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd: home, encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0 && status !== 1) throw new Error(`node ${argv.join(" ")} ended with ${status}\n${stderr}`);
  return performance.now() - started;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function differing(after: ReturnType<typeof hostPrint>): readonly string[] {
  return Object.keys(before).filter((key) => {
    const name = key as keyof typeof before;
    return !isDeepStrictEqual(before[name], after[name]);
  });
}
