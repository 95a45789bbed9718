/**
 * Runs the tests: `main.ts [SUBSTRING...]`, under Node or under Deno. Each test file is a process of its own. The last
 * line is always `N passed, N failed, N skipped`; the exit status is 1 when anything failed or nothing ran.
 */
import process from "node:process";
import { deadlineOf } from "./guard/deadlines.ts";
import { selectFiles, testFiles } from "./guard/find-files.ts";
import { prepare } from "./guard/prepare.ts";
import { type FileResult, killAll, root, runFile } from "./guard/run-file.ts";
import { schedule } from "./guard/schedule.ts";

const atOnce = 2;

for (const [signal, status] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const, ["SIGHUP", 129] as const]) {
  process.on(signal, () => {
    killAll();
    process.exit(status);
  });
}

process.on("exit", killAll);

const selection = selectFiles(testFiles(root), process.argv.slice(2));
const results: FileResult[] = [];
if (selection.unmatched.length === 0) {
  const remove = await prepare(root);
  process.on("exit", remove);
  const { together, alone } = schedule(selection.files);
  await runAll(together, atOnce);
  await runAll(alone, 1);
}
summarise();

async function runAll(files: readonly string[], width: number): Promise<void> {
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runFile(file, deadlineOf(file));
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function report(result: FileResult): void {
  const { file, passed, failed, skipped, problem, seconds, output } = result;
  const red = failed > 0 || problem !== undefined;
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  print(`${red ? "FAIL" : "ok  "} ${file}: ${counts.join(", ")} (${seconds.toFixed(1)} s)`);
  if (red) print(indent(output));
  if (problem !== undefined) print(`     ${file} ${problem}`);
  for (const { name, reason } of skipped) print(`     skipped: ${name}: ${reason}`);
}

function summarise(): void {
  for (const part of selection.unmatched) print(`FAIL no test file has "${part}" in its path`);
  if (results.length === 0 && selection.unmatched.length === 0) print("FAIL there is no test file");
  const passed = sum(results.map((each) => each.passed));
  const skipped = sum(results.map((each) => each.skipped.length));
  const problems = results.filter((each) => each.problem !== undefined).length + selection.unmatched.length;
  const failed = sum(results.map((each) => each.failed)) + problems;
  const red = failed > 0 || passed + skipped === 0;
  const broken = results.filter((each) => each.failed > 0 || each.problem !== undefined);
  if (broken.length > 0) print(`red: ${broken.map((each) => each.file).join(" ")}`);
  print(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = red ? 1 : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function indent(text: string): string {
  return text.replace(/^/gm, "     ").trimEnd();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
