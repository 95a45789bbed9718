/** Runs of a part: --shard, --bail, and the reports of them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckEvent } from "../../src/suite/event.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { oneCase, tableFiles } from "./table.ts";
import { cupel } from "./terminal.ts";

const names = ["a", "b", "c", "d", "e", "f", "g"];
const wrong = { expect: { value: "wrong" } };
const table = tableFiles(...names.map((name) => oneCase(name, name === "c" || name === "f" ? wrong : {})));

function checksOf(text: string): readonly CheckEvent[] {
  return readEvents(text, "the report").filter((event) => event.type === "check");
}

test("shards have every case once, and their merged report is that of the whole run", async () => {
  await withDirectory(table, async (cwd) => {
    const files: string[] = [];
    const seen: string[] = [];
    for (const shard of ["1/3", "2/3", "3/3"]) {
      const file = `${shard.slice(0, 1)}.ndjson`;
      await cupel(["check", "--cases", ".", "--shard", shard, "--reporter", `ndjson=${file}`], { cwd });
      const text = readFileSync(join(cwd, file), "utf8");
      assert.match(text, `"shard":"${shard}"`);
      seen.push(...checksOf(text).map(({ id }) => id));
      files.push(file);
    }
    assert.equal(
      seen.sort(),
      names.map((name) => `snix/mine/${name}#golden`),
    );
    const merged = await cupel(["report", ...files, "--reporter", "json"], { cwd });
    const whole = await cupel(["check", "--cases", ".", "--reporter", "json"], { cwd });
    assert.equal(JSON.parse(merged.stdout), JSON.parse(whole.stdout));
    assert.is(merged.exit, 1);
  });
});

test("patterns and shards go together, and the hash is that of all that is selected", async () => {
  await withDirectory(table, async (cwd) => {
    const table_ = async (...more: readonly string[]): Promise<unknown> => {
      const { stdout } = await cupel(
        ["check", "snix/mine/a", "snix/mine/b", "--cases", ".", "--reporter", "json", ...more],
        {
          cwd,
        },
      );
      return (JSON.parse(stdout) as { start: { table: unknown } }).start.table;
    };
    assert.is(await table_("--shard", "1/2"), await table_());
  });
});

test("a shard without cases judges nothing", async () => {
  await withDirectory(table, async (cwd) => {
    const { exit } = await cupel(["check", "--cases", ".", "--shard", "9/9"], { cwd });
    assert.is(exit, 4);
  });
});

test("a shard that makes no sense is refused", async () => {
  for (const shard of ["0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "1/5000", "01/2"]) {
    const { exit, stderr } = await cupel(["check", "--shard", shard]);
    assert.is(exit, 2, shard);
    assert.match(stderr, "expected I/N");
  }
});

test("--bail ends a run after so many failures, and says of the rest that it was left out", async () => {
  await withDirectory(table, async (cwd) => {
    const run = (n: string): ReturnType<typeof cupel> =>
      cupel(["check", "--cases", ".", "--bail", n, "--reporter", "ndjson"], { cwd });
    const one = await run("1");
    assert.is(one.exit, 1);
    assert.equal(
      checksOf(one.stdout).map(({ verdict }) => verdict),
      ["pass", "pass", "fail", "skip", "skip", "skip", "skip"],
    );
    assert.match(one.stdout, '"code":"bailed","reason":"left out: --bail 1 ended the run"');
    const two = await run("2");
    assert.is(checksOf(two.stdout).filter(({ verdict }) => verdict === "skip").length, 1);
    const three = await run("3");
    assert.is(checksOf(three.stdout).filter(({ verdict }) => verdict === "skip").length, 0);
    for (const n of ["0", "x", "1.5"]) assert.is((await run(n)).exit, 2, n);
  });
});

test("a failure that a baseline knows does not end a run", async () => {
  const baseline = { entries: [{ check: "snix/mine/c#golden", kind: "upstream", reason: "so it is" }] };
  await withDirectory({ ...table, "baselines/mine.json": JSON.stringify(baseline) }, async (cwd) => {
    const { stdout } = await cupel(["check", "--cases", ".", "--bail", "1", "--reporter", "ndjson"], { cwd });
    assert.equal(
      checksOf(stdout).map(({ verdict }) => verdict),
      ["pass", "pass", "fail", "pass", "pass", "fail", "skip"],
    );
  });
});

test("a saved report is shown in any format, and exits as the run did", async () => {
  await withDirectory(table, async (cwd) => {
    const live = await cupel(["check", "--cases", ".", "--reporter", "ndjson=r.ndjson"], { cwd });
    const shown = await cupel(["report", "r.ndjson", "--cases", "."], { cwd });
    assert.is(shown.exit, live.exit);
    assert.is(shown.stdout, live.stdout.replace(" in 0.0 s", ""));
    const tap = await cupel(["report", "r.ndjson", "--reporter", "tap", "--quiet"], { cwd });
    assert.match(tap.stdout, "TAP version 14\n1..7\n");
    const stdin = readFileSync(join(cwd, "r.ndjson"));
    assert.is((await cupel(["report", "-", "--cases", "."], { cwd, stdin })).stdout, shown.stdout);
    const again = await cupel(["report", "r.ndjson", "--reporter", "ndjson"], { cwd });
    assert.equal(readEvents(again.stdout, "again"), readEvents(stdin.toString("utf8"), "saved"));
  });
});

test("a report may be larger than any file that a person writes", async () => {
  await withDirectory(table, async (cwd) => {
    const live = await cupel(["check", "--cases", ".", "--reporter", "ndjson"], { cwd });
    const large = live.stdout.replace('"host":{', `"host":{"pad":"${"x".repeat(33 * 1024 * 1024)}",`);
    writeFileSync(join(cwd, "large.ndjson"), large);
    assert.is((await cupel(["report", "large.ndjson"], { cwd })).exit, live.exit);
  });
});

test("a report that was cut off, or that does not count what it holds, is refused", async () => {
  await withDirectory(table, async (cwd) => {
    await cupel(["check", "--cases", ".", "--reporter", "ndjson=r.ndjson"], { cwd });
    const text = readFileSync(join(cwd, "r.ndjson"), "utf8");
    writeFileSync(join(cwd, "cut.ndjson"), text.split("\n").slice(0, -3).join("\n"));
    writeFileSync(join(cwd, "wrong.ndjson"), text.replace('"fail":2', '"fail":0'));
    for (const [file, words] of [
      ["cut.ndjson", "the report has no end"],
      ["wrong.ndjson", "counts"],
      ["none.ndjson", "there is no file none.ndjson"],
    ] as const) {
      const { exit, stderr } = await cupel(["report", file], { cwd });
      assert.is(exit, 2, file);
      assert.match(stderr, words);
    }
    assert.is((await cupel(["report"], { cwd })).exit, 2);
  });
});
