import { tableHash } from "../../runner/judge/table-hash.ts";
import { placedCase } from "../suite/placed-case.ts";
import { assert, test } from "../suite.ts";

const one = placedCase();
const two = placedCase({ fullId: "snix/area/two", id: "two", request: { n: 2n ** 64n } });

test("the hash is hexadecimal SHA-256 and does not depend on the order of cases", () => {
  assert.match(tableHash([one, two]), /^[0-9a-f]{64}$/);
  assert.is(tableHash([one, two]), tableHash([two, one]));
});

test("any change of a case changes it", () => {
  const hash = tableHash([one, two]);
  assert.is.not(hash, tableHash([one]));
  assert.is.not(hash, tableHash([one, placedCase({ ...two, title: "x" })]));
  assert.is.not(hash, tableHash([one, placedCase({ ...two, request: { n: 2n ** 64n + 1n } })]));
});
