import { placeCases, readTable } from "../../src/suite/read-table.ts";
import { assert, test } from "../suite.ts";
import { refused } from "./refused.ts";

const good = `{
  "$schema": "../../schema/table.schema.json",
  "system": "snix",
  "area": "mounts",
  "why": "Inputs would be missing.",
  "cases": [
    {
      "id": "one",
      "title": "A case",
      "operation": "config",
      "request": { "n": 18446744073709551615, "constructor": 1 },
      "expect": "golden",
      "recorded": { "from": "ours" }
    },
    {
      "id": "two",
      "title": "Another",
      "operation": "config",
      "request": {},
      "expect": { "rejects": "no" },
      "recorded": { "from": "executed", "commit": "abc" }
    }
  ]
}
`;

const file = "cases/snix/mounts.json";

/** The table with one piece of its text replaced, and the error it leads to. */
function broken(piece: string, by: string): { code: string; message: string; hint: string | undefined } {
  assert.ok(good.includes(piece), piece);
  return refused(() => readTable(good.replace(piece, by), file));
}

test("a good table is read without loss", () => {
  const table = readTable(good, file);
  assert.is(table.cases.length, 2);
  assert.equal(table.cases[0]?.request, { n: 18446744073709551615n, constructor: 1 });
});

test("malformed JSON is refused with line, column and pointer", () => {
  const { code, message } = broken('"area": "mounts",', '"area": mounts,');
  assert.is(code, "json-syntax");
  assert.match(message, /^cases\/snix\/mounts\.json:4:11 \(\/area\): expected a value, found "mounts"/);
});

test("a wrong type is refused, and both types are named", () => {
  const { code, message } = broken('"title": "A case"', '"title": 7');
  assert.is(code, "format-wrong-value");
  assert.is(message, "cases/snix/mounts.json:9:7 (/cases/0/title): expected a string, found 7");
  assert.match(
    broken('"recorded": { "from": "ours" }', '"recorded": []').message,
    /expected an object, found an empty list/,
  );
  assert.match(broken('"from": "ours"', '"from": "us"').message, /found "us"/);
});

test("an unknown key is refused, and the nearest one is offered", () => {
  const { code, message, hint } = broken('"title": "A case"', '"title": "A case", "exepct": 1');
  assert.is(code, "format-unknown-key");
  assert.is(message, 'cases/snix/mounts.json:9:26 (/cases/0/exepct): unknown key "exepct"');
  assert.is(hint, 'did you mean "expect"?');
});

test("names that every JavaScript object has are unknown keys like any other", () => {
  for (const key of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    assert.is(broken('"title": "A case"', `"title": "A case", "${key}": 1`).code, "format-unknown-key", key);
  }
});

test("a missing key is named", () => {
  const { code, message, hint } = broken('      "title": "Another",\n', "");
  assert.is(code, "format-missing-key");
  assert.is(message, 'cases/snix/mounts.json:15:5 (/cases/1/title): the key "title" is missing');
  assert.is(hint, 'add "title"');
});

test("a list where an object belongs is refused, also when no key is required", () => {
  const run = broken('"recorded": { "from": "ours" }', '"recorded": { "from": "ours" }, "run": []');
  assert.match(run.message, /\/cases\/0\/run\): expected an object, found an empty list/);
});

test("an expectation is one of four", () => {
  for (const expect of ['"gold"', "{}", '{ "rejects": "a", "value": 1 }', '{ "reject": "a" }', "[]"]) {
    const { code, message } = broken('"expect": "golden"', `"expect": ${expect}`);
    assert.is(code, "format-wrong-value");
    assert.match(message, /exactly one of value, rejects and rejectsPrefix/);
  }
});

test("an id that is no name is refused", () => {
  for (const id of ["One", "-a", "a_b", "", "a/b", "a\\n"]) {
    const { code, message } = broken('"id": "one"', `"id": "${id}"`);
    assert.is(code, "format-wrong-value", id);
    assert.match(message, /small letters, digits and dashes/);
  }
});

test("an id that occurs twice in a table is refused at its second place", () => {
  const { code, message } = broken('"id": "two"', '"id": "one"');
  assert.is(code, "duplicate-id");
  assert.match(message, /^cases\/snix\/mounts\.json:16:7 \(\/cases\/1\/id\): the id "one" occurs twice/);
});

test("a case that contradicts itself is refused", () => {
  const extra = (text: string): string =>
    broken('"recorded": { "from": "ours" }', `"recorded": { "from": "ours" }, ${text}`).code;
  const tree = (entry: string): string => extra(`"given": [${entry}]`);
  const faults = [
    broken('"expect": { "rejects": "no" }', '"expect": { "rejects": "no" }, "run": {}').code,
    broken('"expect": { "rejects": "no" }', '"expect": { "rejects": "no" }, "holds": ["p"]').code,
    broken('"operation": "config",\n      "request": { "n"', '"operation": "other", "invalid": ["x"], "request": { "n"')
      .code,
    extra('"run": { "with": { "options": { "a": "{{cel}}/x" } } }'),
    extra('"run": { "fixtures": [{ "path": "{{tmp}}/a", "type": "dir" }] }'),
    tree('{ "path": "/a", "type": "dir" }'),
    tree('{ "path": "{{tmp}}/../a", "type": "dir" }'),
    tree('{ "path": "{{tmp}}/a", "type": "symlink" }'),
    tree('{ "path": "{{tmp}}/a", "type": "dir", "content": "" }'),
    tree('{ "path": "{{tmp}}/a", "type": "file", "content": "", "contentBase64": "" }'),
    tree('{ "path": "{{tmp}}/a", "type": "file", "contentBase64": "?" }'),
  ];
  assert.equal(new Set(faults), new Set(["case-contradiction"]));
});

/** What is said of fixtures of the case that has a golden. */
function fixtures(...entries: readonly string[]): string {
  const recorded = '"recorded": { "from": "ours" }';
  return broken(recorded, `${recorded}, "run": { "fixtures": [${entries.join(", ")}] }`).message;
}

test("a link among the fixtures of a cell leads nowhere else, and there is none in the bundle", () => {
  for (const target of ["/etc", "..", "a/../..", "../x"]) {
    const said = fixtures(`{ "path": "{{cell}}/a", "type": "symlink", "target": "${target}" }`);
    assert.match(said, /\(\/cases\/0\/run\/fixtures\/0\): the target of a link in a cell is relative/);
  }
  for (const path of ["{{cell}}/bundle", "{{cell}}/bundle/result/rootfs/.cupel/busybox", "{{cell}}//bundle/root/x"]) {
    const said = fixtures(`{ "path": "${path}", "type": "symlink", "target": "a" }`);
    assert.match(said, "there is no link below {{cell}}/bundle");
  }
});

test("a fixture is no fifo and stands once", () => {
  assert.match(fixtures('{ "path": "{{cell}}/a", "type": "fifo" }'), "no fifo among its fixtures");
  const entry = '{ "path": "{{cell}}/a", "type": "dir" }';
  assert.match(fixtures(entry, entry), /\/run\/fixtures\/1\): this path stands here twice/);
});

test("only a config with a golden can be executed", () => {
  const { message } = broken('"expect": { "rejects": "no" }', '"expect": { "value": 1 }, "run": {}');
  assert.match(message, /\/cases\/1\/run\): only a case of the operation config that expects a golden/);
});

test("cases get their full ids and their area's reason", () => {
  const placed = placeCases([{ file, table: readTable(good, file) }]);
  assert.equal(
    placed.map(({ fullId, system, area, areaWhy }) => [fullId, system, area, areaWhy]),
    [
      ["snix/mounts/one", "snix", "mounts", "Inputs would be missing."],
      ["snix/mounts/two", "snix", "mounts", "Inputs would be missing."],
    ],
  );
});

test("a table in the wrong place is refused, wherever the table directory is", () => {
  const table = readTable(good, file);
  assert.is(placeCases([{ file: "mine/cases/snix/mounts.json", table }]).length, 2);
  for (const wrong of ["cases/snix/mount.json", "cases/obuilder/mounts.json", "mycases/snix/mounts.json"]) {
    const { code, message, hint } = refused(() => placeCases([{ file: wrong, table }]));
    assert.is(code, "misplaced-table");
    assert.ok(message.startsWith(`${wrong}: `), message);
    assert.match(String(hint), /move it to cases\/snix\/mounts\.json/);
  }
});

test("a full id that two tables give is refused, and both files are named", () => {
  const table = readTable(good, file);
  const { code, message } = refused(() => placeCases([file, `mine/${file}`].map((each) => ({ file: each, table }))));
  assert.is(code, "duplicate-id");
  assert.is(message, "mine/cases/snix/mounts.json: the case snix/mounts/one is also in cases/snix/mounts.json");
});
