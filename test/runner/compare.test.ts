import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { tally } from "../../src/suite/tally.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { cupel } from "./terminal.ts";

/** A saved report of one runtime. */
function report(
  runtime: string,
  version: string,
  checks: readonly Partial<CheckEvent>[],
  owner = "snix/a/one",
): string {
  const full = checks.map(
    (check, index): CheckEvent => ({
      type: "check",
      id: `${owner}#run/mounts[mount:/m${index}]@${runtime}+privileged`,
      verdict: "pass",
      ...check,
    }),
  );
  const events: readonly Event[] = [
    {
      type: "start",
      format: 1,
      cupel: "0",
      command: "run",
      table: "t",
      runtimes: [{ name: runtime, path: `/bin/${runtime}`, version }],
      host: {},
      shard: null,
    },
    { type: "schedule", checks: full.map(({ id }) => id) },
    ...full,
    { type: "end", counts: tally(full, []), exit: 0 },
  ];
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

const weak: Partial<CheckEvent> = { verdict: "fail", promised: { flags: ["ro"] }, seen: "\u001b[31mrw", refs: [] };
const files = {
  "old.ndjson": report("runc", "1.1.5", [{}, {}]),
  "new.ndjson": report("runc", "1.2.0", [{}, weak]),
};
const both = ["compare", "--report", "old.ndjson", "--report", "new.ndjson"];

test("two saved reports are compared, differences first, and nothing that was seen reaches the terminal raw", async () => {
  await withDirectory(files, async (cwd) => {
    const { exit, stdout } = await cupel(both, { cwd, columns: 60 });
    assert.is(exit, 0);
    assert.match(stdout, "2 statements about 1 case: 1 alike on both, 1 differs");
    assert.match(stdout, /mount:\/m1[\s\S]*promised {2}.*\n.*holds\n.*violated: \\u001b\[31mrw/);
    assert.not.match(stdout, "\u001b");
    assert.is(Math.max(...stdout.split("\n").map((line) => line.length)) <= 60, true, stdout);
  });
});

test("long names of reports are told apart, and the text fits a line of 80 where no terminal says more", async () => {
  const [old, now] = ["reports-of-the-nightly-run/2026-11-21.ndjson", "reports-of-the-nightly-run/2026-11-22.ndjson"];
  const long = { [old]: files["old.ndjson"], [now]: report("runc", "1.1.5", [{}, weak]) };
  await withDirectory(long, async (cwd) => {
    const { stdout } = await cupel(["compare", "--report", old, "--report", now], { cwd });
    assert.match(stdout, "…/2026-11-21.ndjson)  …/2026-11-22.ndjson)");
    assert.match(stdout, /2026-11-22\.ndjson\)\n +violated: /);
    assert.is(Math.max(...stdout.split("\n").map((line) => line.length)) <= 80, true, stdout);
  });
});

test("a comparison is Markdown or JSON on request, and its exit code tells of differences when asked", async () => {
  await withDirectory(files, async (cwd) => {
    const page = await cupel([...both, "--markdown"], { cwd });
    assert.match(page.stdout, "| mounts | 0 of 2 | 1 of 2 |");
    const { stdout } = await cupel([...both, "--json"], { cwd });
    assert.is(JSON.parse(stdout).differ[0].subject, "mount:/m1");
    assert.is((await cupel([...both, "--exit-code"], { cwd })).exit, 1);
    const same = ["compare", "--report", "old.ndjson", "--report", "old.ndjson", "--exit-code"];
    const { exit, stdout: text } = await cupel(same, { cwd });
    assert.is(exit, 0);
    assert.match(text, "no differences");
  });
});

test("what cannot be compared is said in one sentence", async () => {
  const more = {
    ...files,
    "cut.ndjson": report("runc", "1", [{}]).split("\n").slice(0, 2).join("\n"),
    "other.ndjson": report("runc", "1", [{}], "snix/a/other"),
    "bad.ndjson": '{"type":"start"',
  };
  await withDirectory(more, async (cwd) => {
    const compare = (...names: readonly string[]) =>
      cupel(["compare", ...names.flatMap((name) => ["--report", name])], { cwd });
    const cases: readonly (readonly [readonly string[], number, string])[] = [
      [["old.ndjson"], 2, "needs two reports"],
      [["old.ndjson", "cut.ndjson"], 2, "cut.ndjson: the report has no end"],
      [["old.ndjson", "bad.ndjson"], 2, "bad.ndjson"],
      [["old.ndjson", "none.ndjson"], 2, "there is no file none.ndjson"],
      [["old.ndjson", "other.ndjson"], 4, "have no check in common"],
    ];
    for (const [names, code, words] of cases) {
      const { exit, stderr } = await compare(...names);
      assert.is(exit, code, names.join(" "));
      assert.match(stderr, words);
      assert.not.match(stderr, /\n {4}at /);
    }
    for (const more of [["snix"], ["--runtime", "runc"], ["--as", "x"], ["--tag", "x"], ["--no-baseline"]]) {
      const { exit, stderr } = await cupel([...both, ...more], { cwd });
      assert.is(exit, 2, more.join(" "));
      assert.match(stderr, "saved reports are compared whole");
    }
    assert.is((await cupel([...both, "--json", "--markdown"], { cwd })).exit, 2);
  });
});
