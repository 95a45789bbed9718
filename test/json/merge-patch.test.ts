import { mergePatch } from "../../src/json/merge-patch.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import { assert, test } from "../suite.ts";

/** Target, patch, result: the examples of RFC 7396, appendix A. */
const examples: readonly (readonly [string, string, string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', "{}"],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', "null", "null"],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ["[1,2]", '{"a":"b","c":null}', '{"a":"b"}'],
  ["{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ["{}", '{"__proto__":{"x":1}}', '{"__proto__":{"x":1}}'],
];

for (const [target, patch, result] of examples) {
  test(`${target} patched with ${patch} is ${result}`, () => {
    assert.is(printCompact(mergePatch(parseJson(target), parseJson(patch))), result);
  });
}

test("neither target nor patch is changed", () => {
  const [target, patch] = [{ a: { b: 1 } }, { a: { c: 2 } }];
  assert.equal(mergePatch(target, patch), { a: { b: 1, c: 2 } });
  assert.equal([target, patch], [{ a: { b: 1 } }, { a: { c: 2 } }]);
});

test("nothing is taken from Object.prototype", () => {
  assert.equal(mergePatch({}, { toString: { a: 1 } }), parseJson('{"toString":{"a":1}}'));
});
