/** The guard must see red in each way in which a test file can end without having tested. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, test } from "../suite.ts";
import { selectFiles, testFiles } from "./find-files.ts";
import { type FileResult, root, runFile } from "./run-file.ts";
import { schedule } from "./schedule.ts";

interface Trap {
  readonly fixture: string;
  readonly failed: number;
  readonly problem?: RegExp;
  /** Seconds; only for fixtures that have to be killed. */
  readonly deadline?: number;
}

const traps: readonly Trap[] = [
  { fixture: "fails", failed: 1 },
  { fixture: "fails-and-resets-the-exit-code", failed: 1 },
  { fixture: "throws-a-string", failed: 1 },
  { fixture: "throws-undefined", failed: 1 },
  { fixture: "rejects-with-a-string", failed: 1 },
  { fixture: "never-settles", failed: 0, problem: /2 tests registered, 0 finished.*waits for what nobody will do/ },
  { fixture: "hangs", failed: 0, problem: /did not end within 2 seconds/, deadline: 2 },
  { fixture: "spins", failed: 0, problem: /did not end within 2 seconds/, deadline: 2 },
  { fixture: "stays-after-the-end", failed: 0, problem: /did not end within 2 seconds/, deadline: 2 },
  { fixture: "exits-in-the-middle", failed: 0, problem: /2 tests registered, 0 finished/ },
  { fixture: "exits-while-loading", failed: 0, problem: /1 tests registered, 0 finished/ },
  { fixture: "registers-nothing", failed: 0, problem: /registered no test/ },
  { fixture: "rejects-after-the-end", failed: 0, problem: /exit status 1/ },
  { fixture: "rejects-unhandled", failed: 0, problem: /exit status 1/ },
  { fixture: "throws-while-loading", failed: 0, problem: /exit status 1/ },
  { fixture: "registers-inside-a-test", failed: 0, problem: /2 tests registered, 1 finished/ },
  { fixture: "kills-itself", failed: 0, problem: /ended without a footer \(ended by SIGKILL\)/ },
  { fixture: "leaves-a-bad-exit-code", failed: 0, problem: /all tests passed, yet exit status 3/ },
  { fixture: "is-no-file", failed: 0, problem: /exit status 1/ },
];

for (const { fixture, failed, problem, deadline } of traps) {
  test(`a test file that ${fixture.replaceAll("-", " ")} is red`, async () => {
    const result = await run(fixture, deadline);
    assert.is(result.failed, failed, result.output);
    if (problem === undefined) assert.is(result.problem, undefined);
    else assert.match(String(result.problem), problem);
  });
}

test("a test file that passes is green", async () => {
  const result = await run("passes");
  assert.is(result.problem, undefined, result.output);
  assert.equal([result.passed, result.failed, result.skipped], [1, 0, []]);
});

test("what a test file leaves behind is killed and does not hold up the run", async () => {
  const result = await run("leaves-a-process-behind");
  assert.is(result.problem, undefined, result.output);
  assert.is(result.passed, 1);
});

test("a test that its machine cannot execute is skipped with the reason, or red where execution is required", async () => {
  const before = process.env["CUPEL_REQUIRE_EXECUTION"];
  try {
    delete process.env["CUPEL_REQUIRE_EXECUTION"];
    const lenient = await run("lacks-a-machine");
    assert.equal(lenient.skipped, [{ name: "executes a cell", reason: "no runtime" }]);
    assert.equal([lenient.passed, lenient.failed, lenient.problem], [1, 0, undefined]);
    process.env["CUPEL_REQUIRE_EXECUTION"] = "1";
    const strict = await run("lacks-a-machine");
    assert.equal([strict.passed, strict.failed, strict.skipped], [1, 1, []]);
    assert.match(strict.output, /cannot execute it: no runtime/);
  } finally {
    if (before === undefined) delete process.env["CUPEL_REQUIRE_EXECUTION"];
    else process.env["CUPEL_REQUIRE_EXECUTION"] = before;
  }
});

test("a test file that is started on its own is red", () => {
  const { status, stderr } = start(fixturePath("passes"));
  assert.is(status, 1);
  assert.match(stderr, /Run test files through test\/main\.ts/);
});

test("a selection that matches no file is red, also beside one that matches", () => {
  const { status, stdout } = start("test/main.ts", "no-such-file-at-all");
  assert.is(status, 1, stdout);
  assert.match(stdout, /no test file has "no-such-file-at-all" in its path/);
  assert.match(stdout, /\n0 passed, 1 failed, 0 skipped\n$/);
  assert.equal(selectFiles(["test/a.test.ts"], ["a", "b"]), { files: ["test/a.test.ts"], unmatched: ["b"] });
});

test("every test file is found", () => {
  const here = fileURLToPath(import.meta.url).slice(root.length);
  assert.ok(testFiles(root).includes(here), here);
});

test("who compares the whole machine runs alone, and everybody runs once", () => {
  const files = testFiles(root);
  const { together, alone } = schedule(files);
  assert.equal([...together, ...alone].sort(), files);
  const whole = /equal\(hostPrint\(\)|\bsweep\(/;
  const wrong = together.filter((file) => !file.includes("/guard/") && whole.test(readFileSync(root + file, "utf8")));
  assert.equal(wrong, []);
});

test("no way to leave tests out is offered", () => {
  assert.equal(Object.keys(test), ["executes"]);
});

test("equal takes objects without a prototype for plain ones, and still tells values apart", () => {
  const bare = Object.assign(Object.create(null), { a: [Object.create(null)] });
  assert.equal(bare, { a: [{}] });
  assert.ok(differs(bare, { a: [{ b: 1 }] }));
  assert.ok(differs([1n], [1]));
  assert.not(differs([1n], [1n]));
});

function differs(actual: unknown, expected: unknown): boolean {
  try {
    assert.equal(actual, expected);
    return false;
  } catch {
    return true;
  }
}

function run(fixture: string, deadline = 300): Promise<FileResult> {
  return runFile(fixturePath(fixture), deadline);
}

function fixturePath(fixture: string): string {
  return `test/guard/fixtures/${fixture}.ts`;
}

function start(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const how = process.versions["deno"] === undefined ? ["--import", "tsx"] : ["run", "-A"];
  return spawnSync(process.execPath, [...how, ...args], { cwd: root, stdio: "pipe", encoding: "utf8" });
}
