import type { Event } from "../../src/suite/event.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { assert, test } from "../suite.ts";
import { refused } from "./refused.ts";

const start = {
  type: "start",
  format: 1,
  cupel: "0.1.0",
  command: "check",
  table: "ab",
  runtimes: [],
  host: {},
  shard: null,
};
const schedule = { type: "schedule", checks: ["a", "b"] };
const a = { type: "check", id: "a", verdict: "pass" };
const cell = { type: "cell", id: "c@runc+privileged", argv: ["runc"], adaptations: [], exit: null, ms: 1.5 };
const b = {
  type: "check",
  id: "b",
  verdict: "fail",
  promised: { x: [1] },
  seen: null,
  at: "/x",
  reason: "r",
  code: "c",
};
const end = { type: "end", counts: { pass: 1, fail: 1, error: 0, skip: 0, known: 0, stale: 0 }, exit: 1 };

function read(...events: readonly object[]): readonly Event[] {
  return readEvents(events.map((event) => `${JSON.stringify(event)}\n`).join(""), "r.ndjson");
}

function code(...events: readonly object[]): string {
  return refused(() => read(...events)).code;
}

test("a whole report is read", () => {
  assert.equal(read(start, schedule, a, cell, b, end), [start, schedule, a, cell, b, end]);
});

test("a report without its end is refused", () => {
  assert.is(code(start, schedule, a, b), "report-cut-off");
  assert.is(refused(() => readEvents("", "r.ndjson")).code, "json-syntax");
  const text = [start, schedule, a, b, end].map((event) => JSON.stringify(event)).join("\n");
  const cut = refused(() => readEvents(text.slice(0, -10), "r.ndjson"));
  assert.is(cut.code, "report-cut-off");
  assert.match(cut.message, /^r\.ndjson:5:\d+.*: the report ends within this line/);
  assert.match(cut.hint ?? "", "run it again");
  assert.is(refused(() => readEvents(`${text.slice(0, -10)}\n`, "r.ndjson")).code, "json-syntax");
});

test("another format and an unknown kind of event are refused, with the line", () => {
  const { code: wrong, message } = refused(() => read({ ...start, format: 2 }, schedule, a, b, end));
  assert.is(wrong, "format-wrong-value");
  assert.match(message, /^r\.ndjson:1:\d+ \(\/format\): expected format 1/);
  assert.is(code(start, schedule, a, { type: "note" }, b, end), "format-wrong-value");
  assert.match(refused(() => read(start, schedule, { type: "note" })).message, /^r\.ndjson:3:/);
  const config = refused(() => readEvents("{}", "config.json"));
  assert.match(config.message, "found nothing");
  assert.match(config.hint ?? "", "--reporter ndjson=FILE");
  assert.is(code(start, schedule, { ...a, extra: 1 }, b, end), "format-unknown-key");
});

test("start, schedule and end stand once and in their places", () => {
  assert.is(code(schedule, start, a, b, end), "report-order");
  assert.is(code(start, schedule, schedule, a, b, end), "report-order");
  assert.is(code(start, schedule, a, b, end, end), "report-order");
  assert.is(code(start, a, b, end), "report-order");
  assert.is(code(end), "report-order");
});

test("each scheduled check has one verdict", () => {
  assert.is(code(start, schedule, a, b, a, end), "report-duplicate");
  assert.is(code(start, schedule, a, end), "report-incomplete");
});
