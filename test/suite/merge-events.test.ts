import type { CheckEvent, Event, StartEvent } from "../../src/suite/event.ts";
import { mergeEvents } from "../../src/suite/merge-events.ts";
import { tally } from "../../src/suite/tally.ts";
import { assert, test } from "../suite.ts";
import { refused } from "./refused.ts";

/** The report of one shard. */
function part(
  shard: string | null,
  ids: readonly string[],
  more: Partial<StartEvent> = {},
  exit = 0,
): readonly Event[] {
  const checks = ids.map((id): CheckEvent => ({ type: "check", id, verdict: id.includes("bad") ? "fail" : "pass" }));
  return [
    {
      type: "start",
      format: 1,
      cupel: "1",
      command: "check",
      table: "t",
      runtimes: [],
      host: { a: 1 },
      shard,
      ...more,
    },
    { type: "schedule", checks: ids },
    ...checks.flatMap((check): readonly Event[] => [
      { type: "cell", id: check.id, argv: [], adaptations: [], exit: 0, ms: 1 },
      check,
    ]),
    { type: "end", counts: tally(checks, []), exit },
  ];
}

const merge = (...all: readonly (readonly Event[])[]): readonly Event[] =>
  mergeEvents(all.map((events, index) => ({ file: `${index}.ndjson`, events })));

test("shards become one run, sorted by id, with new counts and a new exit code", () => {
  const merged = merge(part("2/2", ["b", "d"]), part("1/2", ["c", "a-bad"], {}, 1));
  const [start, schedule] = merged;
  assert.is(start?.type === "start" ? start.shard : "", null);
  assert.equal(schedule, { type: "schedule", checks: ["a-bad", "b", "c", "d"] });
  assert.equal(
    merged.map((event) => ("id" in event ? `${event.type} ${event.id}` : event.type)),
    [
      "start",
      "schedule",
      "cell a-bad",
      "cell b",
      "cell c",
      "cell d",
      "check a-bad",
      "check b",
      "check c",
      "check d",
      "end",
    ],
  );
  const counts = { pass: 3, fail: 1, error: 0, skip: 0, known: 0, stale: 0 };
  assert.equal(merged.at(-1), { type: "end", counts, exit: 1 });
});

test("the order of the files does not matter", () => {
  const [one, two] = [part("1/2", ["b", "d"]), part("2/2", ["c", "a"])];
  assert.equal(merge(one, two), merge(two, one));
});

test("what does not belong together is refused, and the files are named", () => {
  const one = part("1/2", ["a"]);
  const wrong: readonly (readonly [other: readonly Event[], words: string])[] = [
    [part("2/2", ["b"], { table: "u" }), "0.ndjson and 1.ndjson are of different tables"],
    [part("2/2", ["b"], { cupel: "2" }), "different versions of cupel"],
    [part("2/2", ["b"], { command: "run" }), "different commands"],
    [part("2/2", ["b"], { implementation: { name: "x", version: "1" } }), "judge different implementations"],
    [part("2/2", ["a"]), "the check a was judged in two"],
    [part("1/2", ["b"]), "0.ndjson and 1.ndjson are both shard 1/2"],
    [part("2/3", ["b"]), "1.ndjson is shard 2/3, and others are of 2"],
    [part(null, ["b"]), "1.ndjson is the report of a whole run"],
  ];
  for (const [other, words] of wrong) {
    const error = refused(() => merge(one, other));
    assert.is(error.code, "report-mismatch");
    assert.match(error.message, words);
  }
  assert.match(refused(() => merge(part("1/4", ["a"]), part("3/4", ["b"]))).message, "shard 2/4, 4/4 is missing");
  assert.match(refused(() => merge(one)).message, "shard 2/2 is missing");
});

test("shards may have different runtimes, but no runtime in two versions", () => {
  const runtime = (version: string): Partial<StartEvent> => ({ runtimes: [{ name: "runc", path: "/r", version }] });
  const [start] = merge(part("1/2", ["a"], runtime("1")), part("2/2", ["b"]));
  assert.equal(start?.type === "start" ? start.runtimes : [], [{ name: "runc", path: "/r", version: "1" }]);
  const error = refused(() => merge(part("1/2", ["a"], runtime("1")), part("2/2", ["b"], runtime("2"))));
  assert.match(error.message, "different versions of runc: 1 and 2");
});

test("a requirement that one shard lacked is lacking in the whole", () => {
  const end = merge(part("1/2", ["a"]), part("2/2", ["b"], {}, 4)).at(-1);
  assert.is(end?.type === "end" ? end.exit : undefined, 4);
});
