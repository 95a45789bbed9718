/** A newcomer finds a system in src/systems/NAME, its cases in cases/NAME, its expectations in golden/NAME. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formats } from "../../schema/formats.ts";
import { jsonSchemaOf } from "../../schema/json-schema-of.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printJson } from "../../src/json/print.ts";
import { isObject } from "../../src/json/value.ts";
import { placeCases, readTable } from "../../src/suite/read-table.ts";
import { configOperation, mainOperation } from "../../src/systems/main-operation.ts";
import { findOperation, systems } from "../../src/systems/registry.ts";
import { assert, test } from "../suite.ts";
import { filesBelow, root } from "./source-files.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const cases = placeCases(filesBelow("cases").map((file) => ({ file, table: readTable(read(file), file) })));

/** The names of the directories right below `directory`. */
function directories(directory: string): readonly string[] {
  const names = filesBelow(directory).map((path) => path.slice(directory.length + 1).split("/"));
  return [...new Set(names.filter((parts) => parts.length > 1).map((parts) => parts[0] ?? ""))].sort();
}

test("the registry, src/systems, cases and golden speak of the same systems", () => {
  const names = systems.map(({ name }) => name).sort();
  assert.ok(names.length > 0);
  assert.equal(new Set(names).size, names.length);
  for (const directory of ["src/systems", "cases", "golden"]) assert.equal(directories(directory), names, directory);
});

test("every system keeps its description in system.ts, has an operation that yields configs and at least one revision", () => {
  for (const system of systems) {
    const { name, operations, revisions } = system;
    assert.ok(existsSync(join(root, "src/systems", name, "system.ts")), name);
    for (const each of [mainOperation(system), configOperation(system)]) {
      assert.ok(Object.hasOwn(operations, each), `${name}: ${each}`);
    }
    assert.is(Object.getPrototypeOf(operations), null, `${name}: operations must have no prototype`);
    assert.ok(revisions.length > 0, name);
    for (const { commit, date } of revisions) {
      assert.match(commit, /^[0-9a-f]{40}$/);
      assert.match(date, /^\d{4}-\d\d-\d\d$/);
    }
  }
});

test("every case names an operation and revisions that its system has", () => {
  for (const { fullId, system, operation, revisions } of cases) {
    findOperation(system, operation);
    const known = systems.find(({ name }) => name === system)?.revisions.map(({ id }) => id) ?? [];
    for (const revision of revisions ?? []) assert.ok(known.includes(revision), `${fullId}: revision ${revision}`);
  }
});

test("every operation has a case", () => {
  const used = new Set(cases.map(({ system, operation }) => `${system}/${operation}`));
  const all = systems.flatMap(({ name, operations }) => Object.keys(operations).map((each) => `${name}/${each}`));
  assert.equal(
    all.filter((each) => !used.has(each)),
    [],
  );
});

test("every golden belongs to a case, every case has the golden it expects, and goldens are canonical", () => {
  const expected = cases.filter(({ expect }) => expect === "golden").map(({ fullId }) => `golden/${fullId}.json`);
  const there = filesBelow("golden");
  assert.equal([...there].sort(), [...expected].sort());
  for (const path of there) assert.is(read(path), printJson(parseJson(read(path))), path);
});

test("the published schemas are those of the readers", () => {
  for (const format of formats) {
    const path = `schema/${format.name}.schema.json`;
    assert.is(read(path), printJson(jsonSchemaOf(format)), `${path}: run npm run schema`);
  }
  const published = filesBelow("schema").filter((path) => path.endsWith(".json"));
  assert.equal(published, formats.map(({ name }) => `schema/${name}.schema.json`).sort());
});

test("data files name the schema of their format, and it is there", () => {
  const kinds = new Map([
    ["cases", "table"],
    ["policies", "policy"],
    ["mutants", "mutants"],
    ["profiles", "profile"],
    ["baselines", "baseline"],
  ]);
  for (const [directory, kind] of kinds) {
    for (const path of filesBelow(directory).filter((each) => each.endsWith(".json"))) {
      const value = parseJson(read(path));
      const named = isObject(value) ? value["$schema"] : undefined;
      assert.is(join(dirname(path), String(named)), `schema/${kind}.schema.json`, path);
      assert.ok(existsSync(join(root, `schema/${kind}.schema.json`)), path);
    }
  }
});
