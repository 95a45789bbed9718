import type { PlacedCase } from "../../src/suite/case.ts";
import { compareOutcomes, type Made, type OutcomeSide } from "../../src/suite/compare-outcomes.ts";
import { assert, test } from "../suite.ts";
import { placedCase } from "./placed-case.ts";

const side = (name: string, made: { readonly [id: string]: Made }): OutcomeSide => ({
  name,
  made: new Map(Object.entries(made)),
});
const value = (given: { readonly [key: string]: string }): Made => ({ outcome: { value: given } });
const wants = (id: string, expect: PlacedCase["expect"]): PlacedCase => placedCase({ fullId: id, expect });
const right = { a: "1", b: "2" };
const compare = (sides: readonly OutcomeSide[], ...cases: readonly PlacedCase[]) =>
  compareOutcomes(sides, cases, () => undefined);

test("each place at which answers differ is a row, and the same row of several cases is one group", () => {
  const cases = ["x", "y"].map((id) => wants(id, { value: right }));
  const good = side("good", { x: value(right), y: value(right) });
  const bad = side("bad", { x: value({ a: "1", b: "3" }), y: value({ a: "1", b: "3" }) });
  const { differ, alike, statements, rules } = compare([good, bad], ...cases);
  assert.equal([alike, statements], [0, 2]);
  assert.equal(
    differ.map(({ subject, promised, cases: own, positions }) => [
      subject,
      promised,
      own,
      positions.map((p) => p.seen),
    ]),
    [["/b", "2", ["x", "y"], [undefined, "3"]]],
  );
  assert.equal(rules[0]?.counts, [
    { violated: 0, judged: 2 },
    { violated: 2, judged: 2 },
  ]);
});

test("two that are wrong in different ways differ, each at its own place; in the same way they are alike", () => {
  const c = wants("x", { value: right });
  const one = side("one", { x: value({ a: "9", b: "2" }) });
  const two = side("two", { x: value({ a: "1", b: "9" }) });
  const { differ } = compare([one, two], c);
  assert.equal(
    differ.map(({ subject, positions }) => [subject, positions.map(({ standing }) => standing)]),
    [
      ["/a", ["violated", "holds"]],
      ["/b", ["holds", "violated"]],
    ],
  );
  assert.is(compare([one, { ...one, name: "again" }], c).alike, 1);
});

test("a missing member is told as such, and never taken for one that is null", () => {
  const { differ } = compare(
    [side("one", { x: value({ a: "1" }) }), side("two", { x: value(right) })],
    wants("x", { value: right }),
  );
  assert.equal(differ[0]?.positions[0]?.seen, "nothing there");
});

test("who accepts what must be refused, or refuses in other words, differs in the answer", () => {
  const sides = [
    side("accepts", { x: value(right) }),
    side("refuses", { x: { outcome: { rejects: "no", code: "c" } } }),
    side("otherwise", { x: { outcome: { rejects: "never", code: "c" } } }),
  ];
  const [group] = compare(sides, wants("x", { rejects: "no" })).differ;
  assert.is(group?.subject, "the answer");
  assert.equal(
    group?.positions.map(({ standing, seen }) => [standing, seen]),
    [
      ["violated", { value: right }],
      ["holds", undefined],
      ["violated", { rejects: "never" }],
    ],
  );
});

test("an adapter that broke is an error with its reason, in one group for all cases; one that skips is no difference", () => {
  const cases = ["x", "y"].map((id) => wants(id, { value: right }));
  const good = side("good", { x: value(right), y: value(right) });
  const broken = side("broken", { x: { error: { reason: "it died" } }, y: { error: { reason: "it died" } } });
  const { differ } = compare([good, broken], ...cases);
  assert.equal(
    differ.map(({ cases: own, positions }) => [own, positions[1]?.standing, positions[1]?.reason]),
    [[["x", "y"], "error", "it died"]],
  );
  const lazy = side("lazy", { x: { skip: { reason: "not implemented" } } });
  const { partly, differ: none } = compare([good, lazy], ...cases);
  assert.equal([none.length, partly.length], [0, 2]);
  assert.is(compare([lazy, { ...lazy, name: "too" }], wants("x", { value: right })).unseen, 1);
});
