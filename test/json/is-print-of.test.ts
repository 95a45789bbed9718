import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isPrintOf } from "../../src/json/is-print-of.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";

const golden = fileURLToPath(new URL("../../golden/", import.meta.url));
const values: readonly Json[] = [
  null,
  true,
  "",
  "a",
  'say "no"\n\u2028ä🙂\ud800\\',
  0,
  -0,
  -12,
  2n ** 70n,
  [],
  {},
  [[], {}, [[1]], { a: [] }],
  { b: 1, a: { "": null, "0": [false], "10": "x", "9": "y" }, "a b": "]" },
  { list: ['a", "b', "a", "b"], 'key": ': 1 },
];

test("a text is the print of its value", () => {
  for (const value of values) {
    const simple = !/"[^"]*\\[^"]*":/.test(printJson(value));
    if (simple) assert.ok(isPrintOf(printJson(value), value), printJson(value));
  }
  const goldens = readdirSync(golden, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => readFileSync(join(golden, path), "utf8"));
  const same = goldens.filter((text) => isPrintOf(text, parseJson(text)));
  assert.ok(goldens.length > 200);
  assert.equal(
    same.filter((text) => printJson(parseJson(text)) !== text),
    [],
  );
  assert.ok(same.length > 0.99 * goldens.length, `${same.length} of ${goldens.length}`);
});

test("no other text is, wherever it differs", () => {
  for (const value of values) {
    const text = printJson(value);
    for (let at = 0; at <= text.length; at++) {
      for (const other of [text.slice(0, at) + text.slice(at + 1), `${text.slice(0, at)}1${text.slice(at)}`]) {
        if (other !== text) assert.not.ok(isPrintOf(other, value), JSON.stringify(other));
      }
    }
  }
});

test("neither a repeated, a missing, a foreign nor an inherited key passes", () => {
  const twice = '{\n  "a": 1,\n  "a": 1\n}\n';
  assert.not.ok(isPrintOf(twice, { a: 1, b: 1 }));
  assert.not.ok(isPrintOf('{\n  "a": 1\n}\n', { a: 1, b: 1 }));
  assert.not.ok(isPrintOf('{\n  "b": 1,\n  "a": 1\n}\n', { a: 1, b: 1 }));
  assert.not.ok(isPrintOf('{\n  "toString": 1\n}\n', { a: 1 }));
  assert.not.ok(isPrintOf('[\n  "a",\n  "b"\n]\n', ['a",\n  "b']));
  assert.not.ok(isPrintOf("NaN\n", Number.NaN));
});
