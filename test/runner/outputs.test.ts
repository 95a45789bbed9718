import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Json } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { nameOfBuild, oneCase, tableFiles } from "./table.ts";
import { cupel, type Ended } from "./terminal.ts";

const table = tableFiles(
  oneCase("right"),
  oneCase("refused", { operation: "validate", request: { inputs: 5 }, expect: { rejects: "no" } }),
);

/** `cupel check --outputs out` in a directory with `table` and these outputs. */
async function check(
  outputs: { readonly [path: string]: Json | string },
  more: readonly string[] = [],
  files: { readonly [path: string]: string } = table,
): Promise<Ended> {
  let ended: Ended | undefined;
  await withDirectory(files, async (cwd) => {
    mkdirSync(join(cwd, "out"));
    for (const [path, value] of Object.entries(outputs)) {
      mkdirSync(dirname(join(cwd, "out", path)), { recursive: true });
      writeFileSync(join(cwd, "out", path), typeof value === "string" ? value : JSON.stringify(value));
    }
    ended = await cupel(["check", "--cases", ".", "--outputs", "out", ...more], { cwd });
  });
  if (ended === undefined) throw new Error("nothing ended");
  return ended;
}

const right = { "snix/mine/right.json": { result: nameOfBuild } };
const refused = { "snix/mine/refused.json": { error: { code: 1, message: "no" } } };

test("what an implementation wrote is judged as our own documents are", async () => {
  const clean = await check({ ...right, ...refused });
  assert.is(clean.exit, 0, clean.stdout);
  assert.match(clean.stdout, "2 passed");
  const wrong = await check({ ...right, "snix/mine/refused.json": { error: { code: 1, message: "No" } } });
  assert.is(wrong.exit, 1);
  assert.match(wrong.stdout, 'seen      {"rejects":"No"}');
  assert.match(wrong.stdout, "again     cupel check snix/mine/refused --cases . --outputs out");
});

test("a case without its file is an error, never a pass", async () => {
  const { exit, stdout } = await check(right);
  assert.is(exit, 3);
  assert.match(stdout, "the case has no file out/SYSTEM/AREA/CASE.json");
});

test("what is not implemented is a skip, and nothing but skips is exit 4", async () => {
  const not = { error: { code: 2, message: "later" } };
  const some = await check({ ...right, "snix/mine/refused.json": not });
  assert.is(some.exit, 0);
  assert.match(some.stdout, "does not have snix/validate: later");
  const none = await check({ "snix/mine/right.json": not, "snix/mine/refused.json": not });
  assert.is(none.exit, 4);
});

test("other errors are errors", async () => {
  const { exit, stdout } = await check({
    ...right,
    "snix/mine/refused.json": { error: { code: -32603, message: "oh" } },
  });
  assert.is(exit, 3);
  assert.match(stdout, "the error -32603: oh");
});

test("a pattern judges a part, and asks for no more files", async () => {
  const { exit, stdout } = await check(right, ["snix/mine/right"]);
  assert.is(exit, 0, stdout);
});

test("a file that belongs to no case is refused, and so is one that is no output", async () => {
  const stray = await check({ ...right, ...refused, "snix/mine/rihgt.json": { result: 1 } });
  assert.is(stray.exit, 2);
  assert.match(stray.stderr, "out/snix/mine/rihgt.json belongs to no case");
  assert.match(stray.stderr, "did you mean snix/mine/right.json?");
  for (const [text, says] of [
    ["{", "out/snix/mine/right.json:1:2"],
    ["{}", "has neither a result nor an error"],
    ['{"result":1,"error":{"code":1,"message":"x"}}', "has both"],
    ['{"resutl":1}', 'did you mean "result"?'],
    ['{"error":{"code":"1","message":"x"}}', "expected a number"],
  ] as const) {
    const { exit, stderr } = await check({ ...refused, "snix/mine/right.json": text });
    assert.is(exit, 2, text);
    assert.match(stderr, says);
  }
});

test("cases that need files around them are skipped", async () => {
  const given = tableFiles(oneCase("files", { given: [{ path: "{{tmp}}/a", type: "dir" }] }), oneCase("plain"));
  const { exit, stdout } = await check({ "snix/mine/plain.json": { result: nameOfBuild } }, [], given);
  assert.is(exit, 0, stdout);
  assert.match(stdout, "1  needs files or a process");
});
