import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { oneCase, tableFiles, tableText } from "./table.ts";
import { cupel } from "./terminal.ts";

const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

/** Checks a table directory that holds `files` and gives what stands on standard error; it must be one clear refusal. */
async function refusal(
  files: { readonly [path: string]: string },
  change?: (directory: string) => void,
): Promise<string> {
  let said = "";
  await withDirectory(files, async (directory) => {
    change?.(directory);
    const { exit, stdout, stderr } = await cupel(["check", "--cases", "."], { cwd: directory });
    assert.is(exit, 2, stderr);
    assert.is(stdout, "");
    assert.match(stderr, /^cupel: /);
    assert.not.match(stderr, /\n +at /);
    assert.ok(stderr.length < 700, "the message is short");
    said = stderr;
  });
  return said;
}

const table = "cases/snix/mine.json";

const badTables: readonly (readonly [what: string, text: string, said: RegExp])[] = [
  ["malformed JSON", '{ "system": "snix",\n "area" }', /cases\/snix\/mine\.json:2:9 .*expected a colon/],
  ["wrong types", JSON.stringify({ system: "snix", area: "mine", why: "", cases: {} }), /\/cases\): expected a list/],
  ["an unknown key", tableText(oneCase("a", { expects: "golden" })), /unknown key "expects"/],
  ["a key twice", '{"system":"snix","system":"snix"}', /the key "system" occurs twice/],
  ["nesting of 200,000 levels", deep, /nested too deep/],
  ["a byte order mark", `\ufeff${tableText()}`, /byte order mark/],
  ["a duplicate id", tableText(oneCase("a"), oneCase("a")), /the id "a" occurs twice/],
  ["an id that climbs out", tableText(oneCase("../../x", { expect: "golden" })), /found "\.\.\/\.\.\/x"/],
  ["another area than its name", tableText().replace('"mine"', '"other"'), /the table says .* area "other"/],
  [
    "an unknown operation",
    tableText(oneCase("a", { operation: "confg" })),
    /snix\/mine\/a: snix has no operation "confg"/,
  ],
  ["an operation of every object", tableText(oneCase("a", { operation: "constructor" })), /no operation "constructor"/],
  [
    "a golden that is missing",
    tableText(oneCase("a", { expect: "golden" })),
    /there is no .*golden\/snix\/mine\/a\.json/,
  ],
];

for (const [what, text, said] of badTables) {
  test(`a table with ${what} is refused with its place`, async () => {
    assert.match(await refusal({ [table]: text }), said);
  });
}

test("a table that is not UTF-8 is refused by name", async () => {
  const said = await refusal({}, (directory) => {
    mkdirSync(join(directory, "cases/snix"), { recursive: true });
    writeFileSync(join(directory, table), Uint8Array.of(0x7b, 0xff, 0x7d));
  });
  assert.match(said, "cases/snix/mine.json is not UTF-8 text");
});

test("a golden that no case expects is refused, and so is a golden that is no JSON", async () => {
  const orphan = await refusal({ ...tableFiles(oneCase("a")), "golden/snix/mine/b.json": "1" });
  assert.match(orphan, "golden/snix/mine/b.json belongs to no case");
  for (const [text, said] of [
    ["{", "expected a key"],
    ['{"a":1,"a":2}', "occurs twice"],
    [deep, "nested too deep"],
  ] as const) {
    const files = { ...tableFiles(oneCase("a", { expect: "golden" })), "golden/snix/mine/a.json": text };
    const broken = await refusal(files);
    assert.match(broken, "./golden/snix/mine/a.json:1:");
    assert.match(broken, said);
  }
});

test("links in the table and among the goldens are never followed", async () => {
  const files = tableFiles(oneCase("a", { expect: "golden" }));
  const link = (target: string, path: string) => (directory: string) => {
    mkdirSync(join(directory, path, ".."), { recursive: true });
    symlinkSync(target, join(directory, path));
  };
  for (const path of ["golden", "golden/snix", "golden/snix/mine", "golden/snix/mine/a.json", "cases/snix/more.json"]) {
    assert.match(await refusal(files, link("/etc", path)), `${path} is a symbolic link`);
  }
  assert.match(await refusal({ "x/snix/mine.json": "{}" }, link("x", "cases")), "cases is a symbolic link");
});

test("a file with a misspelt ending is refused, for it would never be judged", async () => {
  assert.match(await refusal({ ...tableFiles(), "cases/snix/more.jsn": "{}" }), "cases/snix/more.jsn is neither");
});

test("a directory without cases is refused with the cure", async () => {
  await withDirectory({ "mine/cases/snix/.keep": "" }, async (cwd) => {
    const inside = await cupel(["check", "--cases", "mine/cases"], { cwd });
    assert.is(inside.exit, 2);
    assert.match(inside.stderr, "name the directory above it: --cases mine");
    assert.match((await cupel(["list", "--cases", "nope"], { cwd })).stderr, "there is no directory nope");
  });
});

test("every bad baseline is refused by name", async () => {
  const bad: readonly (readonly [string, RegExp])[] = [
    ["{", /known\.json:1:2: expected a key/],
    ['{"entries":[{"check":1}]}', /expected a string/],
    ['{"entries":[],"entries":[]}', /occurs twice/],
    [deep, /nested too deep/],
  ];
  for (const [text, said] of bad) {
    await withDirectory({ ...tableFiles(oneCase("a")), "known.json": text }, async (cwd) => {
      const { exit, stderr } = await cupel(["check", "--cases", ".", "--baseline", "known.json"], { cwd });
      assert.is(exit, 2);
      assert.match(stderr, said);
      assert.ok(stderr.length < 700);
    });
  }
});
