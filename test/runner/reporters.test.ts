/** The reporters for programs and pages: what they say, and that foreign text can do nothing in them. */
import { baselineText } from "../../runner/report/baseline.ts";
import { detailsOf } from "../../runner/report/details.ts";
import { githubText } from "../../runner/report/github.ts";
import { htmlText } from "../../runner/report/html.ts";
import { junitText } from "../../runner/report/junit.ts";
import { markdownText } from "../../runner/report/markdown.ts";
import { prettyText } from "../../runner/report/pretty/pretty.ts";
import type { ReportStyle } from "../../runner/report/reporter.ts";
import { reporters } from "../../runner/report/reporters.ts";
import { tapText } from "../../runner/report/tap.ts";
import { baselineInForce, readBaseline } from "../../src/suite/baseline.ts";
import type { CheckEvent, Event, StaleEvent, StartEvent } from "../../src/suite/event.ts";
import { tally } from "../../src/suite/tally.ts";
import { assert, test } from "../suite.ts";

const style: ReportStyle = { color: false, columns: 100, quiet: false, again: " --cases t" };

/** A run with these checks; they are scheduled in the reverse order. */
function run(exit: number, checks: readonly CheckEvent[], stale: readonly StaleEvent[] = []): readonly Event[] {
  return [
    { type: "start", format: 1, cupel: "0", command: "check", table: "t", runtimes: [], host: {}, shard: null },
    { type: "schedule", checks: checks.map(({ id }) => id).reverse() },
    ...checks,
    ...stale,
    { type: "end", counts: tally(checks, stale), exit },
  ];
}

const check = (id: string, more: Partial<CheckEvent> = {}): CheckEvent => ({
  type: "check",
  id,
  verdict: "pass",
  ...more,
});
const failed = check("a/b/c#golden", {
  verdict: "fail",
  at: "/mounts/0",
  promised: ["ro"],
  seen: [],
  reason: "one\ntwo",
  code: "differs",
  refs: ["mount(8)"],
});
const broken = check("a/b/d#golden", { verdict: "error", code: "adapter-died", reason: "it died", stderr: "oh\nno" });
const known = check("a/b/e#golden", { verdict: "fail", known: { kind: "upstream", reason: "so it is" } });
const skipped = check("a/b/f#golden", { verdict: "skip", reason: "no runc" });
const deviating = check("a/b/g#golden", {
  verdict: "skip",
  code: "deviates",
  reason: "deviates from upstream on purpose: links",
});
const stale: StaleEvent = { type: "stale", file: "baselines/x.json", entry: 2, check: "a/**#golden" };
const whole = run(1, [check("a/b/z#golden"), deviating, skipped, known, broken, failed], [stale]);

const texts: readonly (readonly [name: string, text: (events: readonly Event[], style: ReportStyle) => string])[] = [
  ["tap", tapText],
  ["junit", junitText],
  ["github", githubText],
  ["markdown", markdownText],
  ["html", htmlText],
];

test("every reporter of the design is there, and can be loaded", async () => {
  assert.equal(
    [...reporters.keys()],
    ["pretty", "tap", "junit", "json", "ndjson", "github", "markdown", "html", "baseline"],
  );
  for (const load of reporters.values()) assert.type(await load(), "function");
});

test("each text reporter writes once, at the end, what its pure function gives", async () => {
  for (const [name, text] of texts) {
    let written = "";
    let times = 0;
    const make = await reporters.get(name)?.();
    const reporter = make?.((part) => {
      written += part;
      times += 1;
    }, style);
    for (const event of whole) reporter?.event(event);
    reporter?.end();
    assert.is(written, text(whole, style), name);
    assert.is(times, 1);
    assert.ok(written.endsWith("\n"));
  }
});

test("tap: one point for each check in the order of the schedule, then the stale entries", () => {
  assert.is(
    tapText(whole, style),
    String.raw`TAP version 14
1..7
not ok 1 - a/b/c\#golden
  ---
  verdict: fail
  at: "/mounts/0"
  promised: "[\"ro\"]"
  seen: "[]"
  because:
    - "one"
    - "two"
  code: "differs"
  see: "mount(8)"
  again: "cupel check a/b/c --cases t"
  ...
not ok 2 - a/b/d\#golden
  ---
  verdict: error
  because: "it died"
  stderr:
    - "oh"
    - "no"
  code: "adapter-died"
  again: "cupel check a/b/d --cases t"
  ...
not ok 3 - a/b/e\#golden # todo upstream: so it is
  ---
  verdict: fail
  again: "cupel check a/b/e --cases t"
  ...
ok 4 - a/b/f\#golden # SKIP no runc
ok 5 - a/b/g\#golden # SKIP deviates from upstream on purpose: links
ok 6 - a/b/z\#golden
not ok 7 - stale baseline entry 2 of baselines/x.json (a/**\#golden)
`,
  );
  assert.is(tapText(run(4, []), style), "TAP version 14\n1..0 # SKIP nothing was judged\n");
  assert.match(tapText(whole.slice(0, 3), style), "\nBail out! The run was cut off.\n");
});

test("junit: counts add up, and known failures are skipped cases", () => {
  const xml = junitText(whole, style);
  assert.match(xml, '<testsuites name="cupel" tests="7" failures="2" errors="1" skipped="3">');
  assert.match(xml, '<testsuite name="a/b" tests="6" failures="1" errors="1" skipped="3">');
  assert.match(xml, '<testcase classname="a/b/z" name="golden"/>');
  assert.match(xml, '<skipped message="known: upstream: so it is"/>');
  assert.match(xml, '<failure message="one" type="differs">at: /mounts/0\npromised: [&quot;ro&quot;]\n');
  assert.match(xml, '<error message="it died" type="adapter-died">');
  assert.match(xml, '<testsuite name="baselines" tests="1" failures="1" errors="0" skipped="0">');
  assert.is(xml.match(/<testcase /g)?.length, 7);
});

test("github: an annotation for each failure, nine of many, and one notice", () => {
  const lines = githubText(whole, style).trimEnd().split("\n");
  assert.is(lines.length, 4);
  assert.match(lines[0] ?? "", /^::error title=a\/b\/c#golden::at: \/mounts\/0%0Apromised: \["ro"\]%0Aseen: \[\]%0A/);
  assert.match(lines[2] ?? "", /^::error title=baselines\/x\.json%2C entry 2::stale: /);
  assert.match(
    lines[3] ?? "",
    /^::notice title=cupel::1 failed, 1 broken, 1 stale, 1 known, 1 deviating, 1 skipped, 1 passed%0Aexit 1: /,
  );
  const many = Array.from({ length: 30 }, (_, index) => check(`a/b/c${index}#golden`, { verdict: "fail" }));
  const told = githubText(run(1, many), style).trimEnd().split("\n");
  assert.is(told.filter((line) => line.startsWith("::error ")).length, 10);
  assert.match(told.join("\n"), "and 21 more");
});

test("markdown: outcome, counts, failures, and reasons of the rest", () => {
  const page = markdownText(whole, style);
  assert.match(
    page,
    "# cupel check\n\n**1 failed, 1 broken, 1 stale, 1 known, 1 deviating, 1 skipped, 1 passed**, exit 1",
  );
  assert.match(
    page,
    "| | pass | fail | error | known | deviates | skip |\n|---|--:|--:|--:|--:|--:|--:|\n| golden | 1 | 1 | 1 | 1 | 1 | 1 |",
  );
  assert.match(page, '### `a/b/c#golden` failed\n\n```text\nat        /mounts/0\npromised  ["ro"]\n');
  assert.match(page, "## Known failures\n\n- 1: upstream: so it is\n");
  assert.match(page, "## Deviations from upstream, on purpose\n\n- 1: links\n");
  assert.match(page, "- baselines/x.json, entry 2: `a/**#golden` has passed; delete it");
});

test("html: one page without scripts and without anything to be loaded", () => {
  const page = htmlText(whole, style);
  assert.match(page, /^<!doctype html>\n/);
  assert.not.match(page, /<script|src=|href=|@import|url\(/);
  assert.match(page, '<h3 class="fail"><code>a/b/c#golden</code></h3>');
  assert.match(page, "<dt>stderr</dt><dd>oh\nno</dd>");
  assert.match(page, '<span class="deviates">deviates</span>');
  // Every element is closed where it was opened.
  const open: string[] = [];
  for (const [, slash, name = ""] of page.replace(/<!doctype html>/, "").matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (name === "meta") continue;
    if (slash === "") open.push(name);
    else assert.is(open.pop(), name);
  }
  assert.equal(open, []);
});

test("a run of which nothing is known but its start is told to be cut off", () => {
  for (const [name, text] of texts) {
    if (name !== "junit") assert.match(text(whole.slice(0, 2), style).toLowerCase(), "cut off", name);
  }
});

test("nothing that a case, a program or a runtime says can do anything in any report", () => {
  const nasty = [
    "\u001b[31m",
    "\r\n::error::x",
    "\u202e",
    "]]>",
    "<script>alert(1)</script>",
    "<!--",
    "&amp;",
    "` ``` ````",
    "![x](http://x) [x](javascript:x) @everyone https://x.example",
    "| a | b |",
    "# x\n- y",
    "##[group]x",
    "##vso[task.x]y",
    "not ok 99 # todo",
    "--- \n...\n1..0",
    "%0A::stop-commands::x",
    "\u0000\ufffe\ud800",
  ].join("\n");
  const checks: readonly CheckEvent[] = ["fail", "error", "skip"].flatMap((verdict) => [
    check(`${nasty}${verdict}#run/x[${nasty}]@${nasty}+y`, {
      verdict: verdict as CheckEvent["verdict"],
      at: nasty,
      promised: nasty,
      seen: { [nasty]: nasty },
      reason: nasty,
      code: nasty,
      stderr: nasty,
      refs: [nasty],
    }),
    check(`known${nasty}${verdict}`, { verdict: "fail", known: { kind: nasty, reason: nasty } }),
  ]);
  const events = run(1, checks, [{ type: "stale", file: nasty, entry: 0, check: nasty }]);
  for (const [name, text] of [...texts, ["pretty", prettyText] as const]) {
    const said = text(events, style);
    assert.not.match(said, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\p{Surrogate}/u, name);
    for (const line of said.split("\n")) {
      if (name !== "github") assert.not.match(line, /^\s*::/, name);
      assert.not.match(line, /##(?:\[|vso\[)/, name);
    }
    if (name === "html" || name === "junit") assert.not.match(said, /<script|<!--|]]>|\ufffe/, name);
  }
  const commands = githubText(events, style).trimEnd().split("\n");
  for (const line of commands) assert.match(line, /^::(?:error|notice) title=[^:,]*::/);
  const points = tapText(events, style)
    .split("\n")
    .filter((line) => !line.startsWith("  "));
  assert.is(points.filter((line) => /^(?:not )?ok /.test(line)).length, checks.length + 1);
  // All of it is code.
  const prose = markdownText(events, style)
    .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "")
    .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
  assert.not.match(prose, /script|everyone|example|javascript/);
});

test("baseline: an entry for each failure that nobody knows, one for a check that failed in every case", () => {
  const executed = (name: string, rule: string, verdict: CheckEvent["verdict"], caller = "privileged"): CheckEvent =>
    check(`${name}#run/${rule}@crun+${caller}`, { verdict, promised: "ro", seen: "rw" });
  const events = [
    { ...(whole[0] as StartEvent), runtimes: [{ name: "crun", path: "/usr/bin/crun", version: "1.8.1" }] },
    failed,
    broken,
    known,
    executed("a/b/1", "mounts[mount:/x*]", "fail"),
    executed("a/b/2", "mounts[mount:/x*]", "fail", "unprivileged"),
    executed("a/b/3", "mounts[mount:/x*]", "skip"),
    executed("a/b/1", "devices[nodes]", "fail"),
    executed("a/b/2", "devices[nodes]", "fail"),
    executed("a/b/3", "devices[nodes]", "pass"),
    executed("a/b/4", "starts[cell]", "fail"),
    executed("a/b/5", "starts[cell]", "error"),
  ];
  const text = baselineText(events);
  const { entries } = readBaseline(text, "mine.json");
  const when = { runtime: "crun", version: "1.8.1" };
  assert.equal(
    entries.map(({ check, kind, when }) => [check, kind, when]),
    [
      ["a/b/c#golden", "upstream", undefined],
      ["**#run/mounts[mount:/x*]@crun+*", "not-enforced", when],
      ["a/b/1#run/devices[nodes]@crun+privileged", "not-enforced", when],
      ["a/b/2#run/devices[nodes]@crun+privileged", "not-enforced", when],
      ["a/b/4#run/starts[cell]@crun+privileged", "runtime-bug", when],
    ],
  );
  assert.is(entries[0]?.reason, 'Not explained yet: promised ["ro"], seen [], one\\ntwo.');
  assert.is(entries[1]?.reason, 'Not explained yet in 2 cells, first: promised "ro", seen "rw".');
  const inForce = baselineInForce([readBaseline(text, "mine.json")], {
    runtimes: [{ name: "crun", version: "1.8.1" }],
    host: {},
  });
  const checks = events.flatMap((event) => (event.type === "check" ? [inForce.mark(event)] : []));
  assert.equal(
    checks.filter(({ verdict, known }) => verdict === "fail" && known === undefined),
    [],
  );
  assert.equal(inForce.stale(checks, true), []);
  assert.is(baselineText(run(0, [])), '{\n  "entries": []\n}\n');
});

test("long values are shown in part", () => {
  const [detail] = detailsOf(check("a", { reason: "x".repeat(100_000) }), style);
  assert.ok((detail?.lines[0]?.length ?? 0) < 2100);
  assert.match(detail?.lines[0] ?? "", "(100000 characters)");
});
