import { readMutants } from "../../src/policy/mutant.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { readBaseline } from "../../src/suite/baseline.ts";
import { readIntroduction } from "../../src/suite/introduction.ts";
import { readOutput } from "../../src/suite/output.ts";
import { readProfile } from "../../src/suite/profile.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { placeCases, readTable } from "../../src/suite/read-table.ts";
import { withDirectory } from "../runner/directory.ts";
import { cupel } from "../runner/terminal.ts";
import { assert, test } from "../suite.ts";
import { blocksOf, readPage } from "./markdown.ts";

const readme = readPage("README.md");
const formats = readPage("docs/FORMATS.md");

/** Reads an example by what stands behind its fence; throws what the reader of that format throws. */
const readers: { readonly [info: string]: (text: string, file: string) => unknown } = {
  "json table": readTable,
  "json policy": readPolicy,
  "json mutants": readMutants,
  "json profile": readProfile,
  "json baseline": readBaseline,
  "json events": readEvents,
};
const adapters = readPage("docs/ADAPTERS.md");

for (const [info, read] of Object.entries(readers)) {
  test(`the example of ${info.slice("json ".length)} in the page on formats is one`, () => {
    const blocks = blocksOf(formats).filter((block) => block.info === info);
    assert.ok(blocks.length > 0, `no block is marked "${info}"`);
    for (const { text } of blocks) read(text, formats.path);
  });
}

test("the examples of outputs in the page on adapters are some", () => {
  const blocks = blocksOf(adapters).filter((block) => block.info === "json output");
  assert.is(blocks.length, 2);
  for (const { text } of blocks) readOutput(text, adapters.path);
});

test("the introduction in the page on adapters is one", () => {
  const answers = blocksOf(adapters)
    .filter(({ info }) => info === "json")
    .map(({ text }) => JSON.parse(text) as { result?: { protocol?: unknown } });
  const introductions = answers.filter(({ result }) => result?.protocol !== undefined);
  assert.is(introductions.length, 1);
  for (const { result } of introductions) readIntroduction(JSON.stringify(result), adapters.path);
});

test("every JSON block of the pages is JSON", () => {
  const blocks = [readme, formats, adapters].flatMap(blocksOf).filter(({ info }) => info === "json");
  assert.ok(blocks.length > 1);
  for (const { text } of blocks) JSON.parse(text);
});

test("the example of the table in the page on formats passes", async () => {
  const [block] = blocksOf(formats).filter(({ info }) => info === "json table");
  const text = block?.text ?? "";
  const { system, area } = readTable(text, formats.path);
  await withDirectory({ [`cases/${system}/${area}.json`]: text }, async (cwd) => {
    const { exit, stdout } = await cupel(["check", "--cases", "."], { cwd });
    assert.is(exit, 0, stdout);
  });
});

test("the README's table of one's own does what the README says", async () => {
  const place = /saved as `mine\/(cases\/[^`]+)`/.exec(readme.text)?.[1] ?? "";
  const [block] = blocksOf(readme).filter(({ info }) => info === "json");
  const text = block?.text ?? "";
  const [placed] = placeCases([{ file: place, table: readTable(text, place) }]);
  assert.ok(placed?.run !== undefined && (placed.holds ?? []).length > 0);
  await withDirectory({ [`mine/${place}`]: text }, async (cwd) => {
    const update = await cupel(["check", "--cases", "mine", "--update"], { cwd });
    assert.match(update.stdout, `mine/golden/${placed?.fullId}.json`);
    const check = await cupel(["check", "--cases", "mine"], { cwd });
    assert.is(check.exit, 0, check.stdout);
  });
});
