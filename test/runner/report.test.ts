import { checkParts } from "../../runner/report/check-id.ts";
import { jsonDocument } from "../../runner/report/json.ts";
import { liveStatus } from "../../runner/report/live-status.ts";
import { ndjson } from "../../runner/report/ndjson.ts";
import { prettyText } from "../../runner/report/pretty/pretty.ts";
import type { ReportStyle } from "../../runner/report/reporter.ts";
import { reproduce } from "../../runner/report/reproduce.ts";
import { displayWidth } from "../../runner/terminal/display-width.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { assert, test } from "../suite.ts";

const style: ReportStyle = { color: false, columns: 80, quiet: false, again: "" };

/** A run with these checks, as events. */
function run(exit: number, ...checks: readonly CheckEvent[]): readonly Event[] {
  const count = (verdict: string): number =>
    checks.filter((check) => check.known === undefined && check.verdict === verdict).length;
  const known = checks.filter((check) => check.known !== undefined).length;
  const counts = {
    pass: count("pass"),
    fail: count("fail"),
    error: count("error"),
    skip: count("skip"),
    known,
    stale: 0,
  };
  return [
    { type: "start", format: 1, cupel: "0", command: "check", table: "t", runtimes: [], host: {}, shard: null },
    { type: "schedule", checks: checks.map(({ id }) => id) },
    ...checks,
    { type: "end", counts, exit },
  ];
}

const starts = "a/b/c#run/starts[cell]@runc+privileged";
const failing: CheckEvent = {
  type: "check",
  id: "a/b/c#run/mounts[mount:/nix/store]@runc+privileged",
  verdict: "fail",
  promised: { options: ["ro", "nosuid"] },
  seen: { options: ["nosuid"] },
  at: "/mounts/3",
  refs: ["runtime-spec config.md, Mounts"],
  reason: "the mount can be written",
};

test("the parts of every form of check id are told apart", () => {
  assert.equal(checkParts("a/b/c#golden"), { case: "a/b/c", layer: "golden", what: "" });
  assert.equal(checkParts("a/b/c#policy/hermetic/3"), { case: "a/b/c", layer: "policy", what: "hermetic/3" });
  assert.equal(checkParts("a/b/c#run/x[mount:/a]@b+c#d]@runc+unprivileged"), {
    case: "a/b/c",
    layer: "run",
    what: "x[mount:/a]@b+c#d]",
    runtime: "runc",
    caller: "unprivileged",
  });
  assert.equal(checkParts("odd"), { case: "odd", layer: "", what: "" });
});

test("a check is repeated by the command that judges its layer", () => {
  assert.is(reproduce("a/b/c#schema", ""), "cupel check a/b/c");
  assert.is(reproduce(starts, " --cases x"), "cupel run a/b/c --runtime runc --cases x");
  const run = { options: " --timeout 3", paths: new Map([["runc", "/my runc"]]) };
  assert.is(reproduce(starts, " --cases x", run), "cupel run a/b/c --runtime 'runc=/my runc' --timeout 3 --cases x");
  assert.is(reproduce("a/b/c#schema", "", run), "cupel check a/b/c");
});

test("a failure says case, title, check, promised, seen, reason, reference and how to repeat it", () => {
  const text = prettyText(run(1, failing), {
    ...style,
    titleOf: (id) => (id === "a/b/c" ? "Inputs are read-only" : undefined),
  });
  assert.is(
    text.slice(0, text.indexOf("\n\n")),
    [
      "a/b/c",
      "  Inputs are read-only",
      "  FAIL  run mounts[mount:/nix/store] on runc, privileged",
      "      at        /mounts/3",
      '      promised  {"options":["ro","nosuid"]}',
      '      seen      {"options":["nosuid"]}',
      "      because   the mount can be written",
      "      see       runtime-spec config.md, Mounts",
      "      again     cupel run a/b/c --runtime runc",
    ].join("\n"),
  );
});

test("failures stand in the order of the schedule, whatever cell ended first", () => {
  const golden: CheckEvent = { type: "check", id: "a/a/a#golden", verdict: "fail" };
  const [start, schedule, first, second, end] = run(1, golden, failing);
  if (start === undefined || schedule === undefined || first === undefined || second === undefined) throw new Error();
  if (end === undefined) throw new Error();
  assert.is(prettyText([start, schedule, second, first, end], style), prettyText(run(1, golden, failing), style));
});

test("a value that is not there is said to be nothing, where a place is named", () => {
  const { promised: _, ...rest } = failing;
  assert.match(prettyText(run(1, rest), style), "promised  (nothing)\n");
});

test("the failures of one case stand together", () => {
  const other: CheckEvent = { type: "check", id: "x/y/z#golden", verdict: "fail" };
  const second: CheckEvent = { ...failing, id: "a/b/c#golden" };
  const text = prettyText(run(1, failing, other, second), style);
  assert.is(text.match(/^a\/b\/c$/gm)?.length, 1);
  assert.match(text, "again     cupel run a/b/c --runtime runc\n                cupel check a/b/c\n");
});

test("what is true of several cases word for word is told once, and in full when verbose", () => {
  const others = ["d", "e", "f", "g", "h"].map((id) => ({ ...failing, id: failing.id.replace("a/b/c", `a/b/${id}`) }));
  const different: CheckEvent = { ...failing, id: failing.id.replace("a/b/c", "a/b/z"), seen: "other" };
  const events = run(1, failing, ...others, different);
  const text = prettyText(events, style);
  assert.match(text, "      same in   5 other cases: a/b/d, a/b/e, a/b/f, a/b/g and 1 more\n");
  assert.is(text.match(/FAIL/g)?.length, 2);
  assert.match(text, "7 failed");
  assert.is(prettyText(events, { ...style, verbose: true }).match(/FAIL/g)?.length, 7);
});

test("a large value is shown in parts that each stand on a line, so that the odd one is seen", () => {
  const seen = { options: Array.from({ length: 6 }, (_, n) => `option-${n}`), type: "tmpfs", wrong: ["not ro"] };
  const text = prettyText(run(1, { ...failing, seen }), style);
  assert.match(text, '                  "type": "tmpfs",\n                  "wrong": ["not ro"]\n                }\n');
});

test("a long text that was seen is broken like other text", () => {
  const seen = "runc run failed: unable to start container process ".repeat(5).trim();
  const lines = prettyText(run(1, { ...failing, seen }), style).split("\n");
  assert.equal(
    lines.filter((line) => displayWidth(line) > 80),
    [],
  );
});

test("skips that are no news take a line for their kind, and many reasons are cut, unless verbose", () => {
  const skip = (n: number, reason: string, code?: string): CheckEvent => {
    return { type: "check", id: `a/b/c#s/${n}`, verdict: "skip", reason, ...(code === undefined ? {} : { code }) };
  };
  const checks = [
    skip(1, "no /proc/kcore", "not-observable"),
    skip(2, "no /proc/scsi", "not-observable"),
    skip(3, "blocked by a/b/c#golden", "blocked"),
    skip(4, `blocked by ${starts}`),
    ...Array.from({ length: 9 }, (_, n) => skip(n + 5, `reason ${n}`)),
  ];
  const text = prettyText(run(0, ...checks), style);
  assert.match(text, "   2  not observable: ");
  assert.match(text, "   2  blocked by a check that failed\n");
  assert.match(text, "   6  for 6 other reasons (--verbose tells them)\n");
  assert.not.match(text, "kcore");
  const verbose = prettyText(run(0, ...checks), { ...style, verbose: true });
  for (const reason of ["no /proc/kcore", "no /proc/scsi", "blocked by a/b/c#golden", "reason 8"]) {
    assert.match(verbose, `   1  ${reason}\n`);
  }
});

test("a quiet run in which nothing was judged says why", () => {
  const skipped: CheckEvent = { type: "check", id: starts, verdict: "skip", reason: "needs root" };
  assert.match(prettyText(run(4, skipped), { ...style, quiet: true }), "Skipped\n  1  needs root\n");
  assert.is(prettyText(run(0, skipped), { ...style, quiet: true }), "");
});

test("an error of ours is marked apart from a failure, with its code", () => {
  const error: CheckEvent = {
    type: "check",
    id: starts,
    verdict: "error",
    code: "refused-to-run",
    reason: "hooks",
    at: "/hooks",
  };
  const text = prettyText(run(3, error), style);
  assert.match(text, "  error run starts[cell] on runc, privileged\n");
  assert.match(text, "code      refused-to-run\n");
  assert.match(text, "1 broken");
  assert.match(text, "exit 3: something broke or was refused; that is no verdict");
});

test("skips are grouped by reason, and known failures by kind and reason, the most frequent first", () => {
  const skip = (n: number, reason: string): CheckEvent => ({
    type: "check",
    id: `a/b/c#s/${n}`,
    verdict: "skip",
    reason,
  });
  const known: CheckEvent = { ...failing, known: { kind: "runtime-bug", reason: "they know" } };
  const text = prettyText(run(0, skip(1, "no crun"), skip(2, "no runsc"), skip(3, "no runsc"), known), style);
  assert.match(text, "Skipped\n  2  no runsc\n  1  no crun\n");
  assert.match(text, "Known failures\n  1  runtime-bug: they know\n");
  assert.not.match(text, "FAIL");
  assert.match(text, "1 known, 3 skipped");
});

test("the summary counts by layer and runtime", () => {
  const pass = (id: string): CheckEvent => ({ type: "check", id, verdict: "pass" });
  const text = prettyText(run(1, pass("a/b/c#golden"), pass(starts), failing), { ...style, elapsed: () => 1234 });
  assert.match(text, "           pass   fail\ngolden        1\nrun runc      1      1\n");
  assert.match(text, "1 failed, 2 passed in 1.2 s\nexit 1: a failure that nobody expected\n");
});

test("a run in which nothing was judged says so", () => {
  assert.is(prettyText(run(4), style), "nothing was judged\nexit 4: nothing was judged\n");
  const [start, ...rest] = run(4);
  if (start?.type !== "start") throw new Error("no start");
  assert.match(prettyText([{ ...start, command: "run" }, ...rest], style), 'None of the selected cases has "run"');
});

test("large values take a screenful at most", () => {
  const large = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, index]));
  const text = prettyText(run(1, { ...failing, promised: large }), style);
  assert.match(text, "… 88 more lines\n");
});

test("the text fits narrow terminals, but for words that cannot be broken", () => {
  const reason = "a reason of many words ".repeat(10).trim();
  const skipped: CheckEvent = { type: "check", id: starts, verdict: "skip", reason };
  const text = prettyText(run(1, { ...failing, reason }, skipped), { ...style, columns: 60 });
  assert.equal(
    text.split("\n").filter((line) => displayWidth(line) > 60),
    [],
  );
});

test("colour is there when asked for and nowhere else", () => {
  assert.match(prettyText(run(1, failing), { ...style, color: true }), "\u001b[31m");
  assert.not.match(prettyText(run(1, failing), style), "\u001b");
});

test("no text of a runtime, a case or a path can do more than be read", () => {
  const evil = "\u001b[2J\u202e\r\n::error::x\n##vso[x]";
  const events = run(
    1,
    { ...failing, id: `${evil}#golden`, promised: { [evil]: evil }, seen: evil, at: evil, reason: evil, refs: [evil] },
    { type: "check", id: "a#skip", verdict: "skip", reason: evil },
    { type: "check", id: "a#known", verdict: "fail", known: { kind: evil, reason: evil } },
    { type: "check", id: `a#${evil}`, verdict: "error", code: evil },
  );
  const text = prettyText([...events, { type: "stale", file: evil, entry: 0, check: evil }], {
    ...style,
    titleOf: () => evil,
  });
  assert.not.match(text, /[\u001b\u202e\r]/);
  assert.not.match(text, /^\s*::/m);
  assert.not.match(text, "##vso[");
});

test("ndjson is one event a line, as our reader takes it back", () => {
  let text = "";
  const reporter = ndjson((part) => {
    text += part;
  });
  const events = run(1, failing);
  for (const event of events) reporter.event(event);
  reporter.end();
  assert.equal(readEvents(text, "report"), events);
});

test("the json document has start, checks, cells, stale entries and end", () => {
  const cell: Event = { type: "cell", id: "a/b/c@runc+privileged", argv: ["runc"], adaptations: [], exit: 0, ms: 5 };
  const [start, schedule, ...rest] = run(1, failing);
  if (start === undefined || schedule === undefined) throw new Error("no events");
  assert.equal(jsonDocument([start, schedule, cell, ...rest]), {
    format: 1,
    start: { ...start },
    checks: [{ ...failing }],
    cells: [{ ...cell }],
    stale: [],
    end: { ...rest.at(-1) },
  });
});

test("the live line counts, names the area, fits the terminal and goes away", () => {
  let written = "";
  let now = 0;
  const output = {
    write: (text: string) => {
      written += text;
    },
    drain: () => Promise.resolve(),
    isTTY: true,
    columns: 30,
  };
  const live = liveStatus(output, () => now);
  live.event({ type: "schedule", checks: ["a", "b"] });
  now = 2000;
  live.event({ ...failing, id: "system/a-rather-long-area/case#golden" });
  const line = written.split("\r").at(-1) ?? "";
  assert.match(line, "1 of 2, 1 failed, 2 s  syst");
  assert.ok(displayWidth(line.replace("\u001b[2K", "")) <= 29);
  live.end();
  assert.match(written, /\r\u001b\[2K$/);
});
