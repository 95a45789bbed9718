import { equalJson } from "../../src/json/equal.ts";
import { parseJson } from "../../src/json/parse.ts";
import { assert, test } from "../suite.ts";

const equal = (a: string, b: string): boolean => equalJson(parseJson(a), parseJson(b));

test("the order of keys does not matter, that of lists does", () => {
  assert.ok(equal('{"a":1,"b":[1,2]}', '{"b":[1,2],"a":1}'));
  assert.not.ok(equal("[1,2]", "[2,1]"));
});

test("more, fewer or other members are a difference on either side", () => {
  const documents = ["{}", '{"a":1}', '{"b":1}', '{"a":1,"b":1}', "[]", "[1]", "[1,1]", "null", "0", '""', "false"];
  for (const a of documents) for (const b of documents) assert.is(equal(a, b), a === b, `${a} ${b}`);
});

test("an integer equals itself as number and as bigint, exactly", () => {
  assert.ok(equalJson(1, 1n));
  assert.ok(equalJson([2 ** 53], [9007199254740992n]));
  assert.not.ok(equalJson(9007199254740993n, 9007199254740992));
  assert.not.ok(equalJson(1n, 1.5));
  assert.not.ok(equalJson(1n, "1"));
  assert.not.ok(equalJson(null, 0n));
});

test("zero has no sign", () => assert.ok(equalJson(0, -0)));

test("names of Object.prototype are not there by themselves", () => {
  assert.not.ok(equalJson({ toString: null }, { constructor: null }));
  assert.not.ok(equal('{"__proto__":1}', '{"a":1}'));
  assert.ok(equal('{"__proto__":1}', '{"__proto__":1}'));
});
