import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isArray, isObject, type Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { needsJail } from "../../src/suite/needs-jail.ts";
import { type Outcome, perform } from "../../src/suite/perform.ts";
import { placeCases, readTable } from "../../src/suite/read-table.ts";
import { findOperation } from "../../src/systems/registry.ts";
import { filesBelow, root } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";

const cases = placeCases(
  filesBelow("cases").map((file) => ({ file, table: readTable(readFileSync(join(root, file), "utf8"), file) })),
);
const outcome = (c: PlacedCase): Outcome => perform(c, findOperation(c.system, c.operation));
const accepted = cases.filter((c) => !needsJail(c) && "value" in outcome(c));

/** Every form of `value` in which one object, at any depth, is an empty list instead, and where it is. */
function* withListForObject(value: Json, pointer: string): Generator<readonly [changed: Json, pointer: string]> {
  if (isObject(value)) {
    yield [[], pointer];
    for (const [key, member] of Object.entries(value)) {
      for (const [changed, at] of withListForObject(member, `${pointer}/${key}`)) {
        yield [{ ...value, [key]: changed }, at];
      }
    }
  } else if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [changed, at] of withListForObject(item, `${pointer}/${index}`)) {
        yield [value.with(index, changed), at];
      }
    }
  }
}

/** A whole document that the system reads itself, passing over keys it does not know, whatever they hold. */
function isDocument({ system }: PlacedCase, at: string): boolean {
  return system === "crossplane" && at.startsWith("/request/base/");
}

test("a list is never taken for an object without keys, wherever a request or its options have one", () => {
  const tried = new Set<string>();
  for (const c of accepted) {
    const requests = [...withListForObject(c.request, "/request")].map(([request, at]) => ({ ...c, request, at }));
    const settings = [...withListForObject(c.options ?? {}, "/options")].map(([options, at]) => ({
      ...c,
      options,
      at,
    }));
    for (const changed of [...requests, ...settings]) {
      if (isDocument(c, changed.at)) continue;
      const seen = outcome(changed);
      assert.is("pointer" in seen ? seen.pointer : "accepted", changed.at, c.fullId);
      tried.add(`${c.system} ${changed.at}`);
    }
  }
  for (const place of [
    "snix /request/constraints",
    "snix /options/host",
    "obuilder /request/user",
    "obuilder /options",
  ]) {
    assert.ok(tried.has(place), place);
  }
});
