import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseJson } from "../../src/json/parse.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { nameOfBuild, oneCase, tableFiles } from "./table.ts";
import { cupel } from "./terminal.ts";

const wrong = { expect: { value: "wrong" } };

test("a clean table exits 0 and ends with one summary", async () => {
  await withDirectory(tableFiles(oneCase("a"), oneCase("b")), async (cwd) => {
    const { exit, stdout, stderr } = await cupel(["check", "--cases", "."], { cwd });
    assert.is(exit, 0);
    assert.is(stdout, "         pass\ngolden      2\n\n2 passed in 0.0 s\nexit 0: clean\n");
    assert.is(stderr, "");
  });
});

test("a failure exits 1 and says promised, seen and how to repeat it", async () => {
  await withDirectory(tableFiles(oneCase("a"), oneCase("b", wrong)), async (cwd) => {
    const { exit, stdout } = await cupel(["check", "--cases", "."], { cwd });
    assert.is(exit, 1);
    assert.match(stdout, "snix/mine/b\n  the title of b\n  FAIL  golden\n");
    assert.match(stdout, 'promised  "wrong"\n');
    assert.match(stdout, `seen      "${nameOfBuild}"\n`);
    assert.match(stdout, "again     cupel check snix/mine/b --cases .\n");
    assert.match(stdout, "1 failed, 1 passed");
    assert.match(stdout, /exit 1: a failure that nobody expected\n$/);
  });
});

test("--quiet prints nothing when all is well, and only failures otherwise", async () => {
  await withDirectory(tableFiles(oneCase("a"), oneCase("b", wrong)), async (cwd) => {
    assert.equal(await cupel(["check", "snix/mine/a", "-q", "--cases", "."], { cwd }), {
      exit: 0,
      stdout: "",
      stderr: "",
    });
    const { stdout } = await cupel(["check", "--quiet", "--cases", "."], { cwd });
    assert.match(stdout, "FAIL  golden");
    assert.not.match(stdout, "pass\n");
  });
});

test("patterns and tags select, and what selects nothing exits 4 with the nearest name", async () => {
  await withDirectory(tableFiles(oneCase("a", { tags: ["fast"] }), oneCase("b")), async (cwd) => {
    const run = (...argv: readonly string[]) => cupel(["check", "--cases", ".", ...argv], { cwd });
    assert.match((await run("snix/mine/b")).stdout, "1 passed");
    assert.match((await run("snix/mine")).stdout, "2 passed");
    assert.match((await run("--tag", "fast")).stdout, "1 passed");
    const near = await run("snix/mime");
    assert.is(near.exit, 4);
    assert.match(near.stderr, "the nearest is snix/mine");
    assert.match((await run("cases/snix/mine.json")).stderr, "the nearest is snix/mine;");
    assert.match((await run("snix/mine/b#golden")).stderr, "the nearest is snix/mine/b;");
    const tag = await run("--tag", "fats");
    assert.is(tag.exit, 4);
    assert.match(tag.stderr, "did you mean fast?");
    assert.is((await run("snix/mine/b", "--tag", "fast")).exit, 4);
  });
});

test("--require of what is not there exits 4, but never hides a failure", async () => {
  await withDirectory(tableFiles(oneCase("a"), oneCase("b", wrong)), async (cwd) => {
    const lacking = await cupel(["check", "snix/mine/a", "--cases", ".", "--require", "runc,unprivileged"], { cwd });
    assert.is(lacking.exit, 4);
    assert.match(lacking.stdout, "required, but not here: runc, unprivileged");
    const slip = await cupel(["check", "--cases", ".", "--require", "runc,rnsc"], { cwd });
    assert.is(slip.exit, 2);
    assert.is(slip.stdout, "");
    assert.match(slip.stderr, /--require rnsc: nothing is called so\n.*did you mean runsc\?/);
    assert.is((await cupel(["check", "--cases", ".", "--require", "runc"], { cwd })).exit, 1);
  });
});

test("a known failure is counted apart; an entry that passes is stale and exits 1", async () => {
  const entry = (check: string) => JSON.stringify({ entries: [{ check, kind: "upstream", reason: "they know" }] });
  const files = { ...tableFiles(oneCase("a"), oneCase("b", wrong)), "known.json": entry("snix/mine/b#golden") };
  await withDirectory({ ...files, "stale.json": entry("snix/mine/a#golden") }, async (cwd) => {
    const run = (...argv: readonly string[]) => cupel(["check", "--cases", ".", ...argv], { cwd });
    const known = await run("--baseline", "known.json");
    assert.is(known.exit, 0);
    assert.match(known.stdout, "Known failures\n  1  upstream: they know\n");
    assert.match(known.stdout, "1 known, 1 passed");
    const stale = await run("--baseline", "known.json", "--baseline", "stale.json");
    assert.is(stale.exit, 1);
    assert.match(stale.stdout, "STALE stale.json, entry 0");
    assert.is((await run("snix/mine/b", "--baseline", "known.json", "--baseline", "stale.json")).exit, 0);
  });
});

test("baselines of a table are used by default, and --no-baseline forgets them", async () => {
  const known = JSON.stringify({ entries: [{ check: "snix/mine/b#golden", kind: "upstream", reason: "r" }] });
  await withDirectory({ ...tableFiles(oneCase("b", wrong)), "baselines/known.json": known }, async (cwd) => {
    assert.is((await cupel(["check", "--cases", "."], { cwd })).exit, 0);
    assert.is((await cupel(["check", "--cases", ".", "--no-baseline"], { cwd })).exit, 1);
  });
});

test("a machine's reporter has standard output to itself", async () => {
  await withDirectory(tableFiles(oneCase("a"), oneCase("b", wrong)), async (cwd) => {
    const { exit, stdout, stderr } = await cupel(["check", "--cases", ".", "--reporter", "ndjson"], { cwd });
    assert.is(exit, 1);
    const events = readEvents(stdout, "stdout");
    assert.equal(
      events.map(({ type }) => type),
      ["start", "schedule", "check", "check", "end"],
    );
    assert.match(stderr, "FAIL  golden");
  });
});

test("reports in files appear whole, beside the human report, and nothing else is left", async () => {
  await withDirectory(tableFiles(oneCase("a")), async (cwd) => {
    const argv = ["check", "--cases", ".", "--reporter", "json=a.json", "--reporter", "ndjson=b.ndjson", "--reporter"];
    const { exit, stdout } = await cupel([...argv, "pretty=c.txt"], { cwd, env: { FORCE_COLOR: "1" } });
    assert.is(exit, 0);
    assert.match(stdout, "\u001b[32m");
    assert.equal(readdirSync(cwd).sort(), ["a.json", "b.ndjson", "c.txt", "cases"]);
    assert.not.match(readFileSync(join(cwd, "c.txt"), "utf8"), "\u001b");
    readEvents(readFileSync(join(cwd, "b.ndjson"), "utf8"), "b.ndjson");
    const document = parseJson(readFileSync(join(cwd, "a.json"), "utf8"));
    assert.equal(Object.keys(document as object).sort(), ["cells", "checks", "end", "format", "stale", "start"]);
  });
});

test("a report that cannot be written is refused before anything is judged", async () => {
  await withDirectory(tableFiles(oneCase("a")), async (cwd) => {
    const argv = ["check", "--cases", ".", "--reporter", "json=a.json", "--reporter", "ndjson=no/such/b"];
    const { exit, stdout, stderr } = await cupel(argv, { cwd });
    assert.is(exit, 2);
    assert.is(stdout, "");
    assert.match(stderr, "cannot write no/such/b: there is no such directory");
    assert.equal(readdirSync(cwd), ["cases"]);
  });
});

test("a report that could not be written is told after the human report, which does not call the run clean", async () => {
  await withDirectory(tableFiles(oneCase("a")), async (cwd) => {
    const argv = ["check", "--cases", ".", "--reporter", "ndjson=a.ndjson", "--reporter", "json=/dev/full"];
    const { exit, stdout, stderr } = await cupel(argv, { cwd });
    assert.is(exit, 3);
    assert.match(stdout, "1 passed");
    assert.match(stdout, /exit 3: [^\n]*\n$/);
    assert.match(stderr, "cannot write /dev/full: no space is left on the device");
    assert.equal(readdirSync(cwd).sort(), ["a.ndjson", "cases"]);
  });
});

test("a report takes the place of an older one whole, with its mode, through links too", async () => {
  // In the jail, process ids come again.
  const killed = `.r.json.${process.pid}.part`;
  const files = { ...tableFiles(oneCase("a")), "r.json": "older", [killed]: "of a run that was killed" };
  await withDirectory(files, async (cwd) => {
    chmodSync(join(cwd, "r.json"), 0o600);
    symlinkSync("r.json", join(cwd, "l.json"));
    const kept = openSync(join(cwd, "r.json"), "r");
    const argv = ["check", "--cases", ".", "--reporter", "json=l.json", "--reporter", "ndjson=./n"];
    assert.is((await cupel(argv, { cwd })).exit, 0);
    assert.is(readFileSync(kept, "utf8"), "older");
    closeSync(kept);
    assert.match(readFileSync(join(cwd, "r.json"), "utf8"), '"checks"');
    assert.is(statSync(join(cwd, "r.json")).mode & 0o777, 0o600);
    assert.equal(readdirSync(cwd).sort(), [killed, "cases", "l.json", "n", "r.json"]);
    const twice = await cupel(["check", "--cases", ".", "--reporter", "json=n", "--reporter", "tap=./n"], { cwd });
    assert.is(twice.exit, 2);
    assert.match(twice.stderr, "n and ./n are the same");
  });
});

test("what decides a verdict is said again in the line that repeats it", async () => {
  const files = { ...tableFiles(oneCase("b", wrong)), "k.json": '{"entries":[]}' };
  await withDirectory(files, async (cwd) => {
    const { stdout } = await cupel(["check", "--cases", ".", "--no-baseline", "--baseline", "k.json"], { cwd });
    assert.match(stdout, "again     cupel check snix/mine/b --cases . --no-baseline --baseline k.json\n");
  });
});

test("what --require misses is named also when quiet", async () => {
  await withDirectory(tableFiles(oneCase("a")), async (cwd) => {
    const { exit, stdout } = await cupel(["check", "-q", "--cases", ".", "--require", "runc"], { cwd });
    assert.is(exit, 4);
    assert.match(stdout, "exit 4: something that --require names is missing\nrequired, but not here: runc");
  });
});

test("a run that breaks off leaves an older report as it was", async () => {
  const broken = {
    ...tableFiles(oneCase("a", { expect: "golden" })),
    "golden/snix/mine/a.json": "{",
    "r.json": "older",
  };
  await withDirectory(broken, async (cwd) => {
    assert.is((await cupel(["check", "--cases", ".", "--reporter", "json=r.json"], { cwd })).exit, 2);
    assert.is(readFileSync(join(cwd, "r.json"), "utf8"), "older");
    assert.equal(readdirSync(cwd).sort(), ["cases", "golden", "r.json"]);
  });
});

test("an unknown reporter names the known ones; two cannot share an output", async () => {
  const unknown = await cupel(["check", "--reporter", "tpa"]);
  assert.is(unknown.exit, 2);
  assert.match(
    unknown.stderr,
    "did you mean tap? the reporters are pretty, tap, junit, json, ndjson, github, markdown, html",
  );
  assert.match(
    (await cupel(["check", "--reporter", "json", "--reporter", "ndjson"])).stderr,
    "both write to standard output",
  );
  assert.match((await cupel(["check", "--reporter", "json="])).stderr, "the name of the file is missing");
});

test("escape sequences in a title are shown, not obeyed", async () => {
  const title = "\u001b[31mred\u202e\n::error::boo";
  await withDirectory(tableFiles(oneCase("a", { title, ...wrong })), async (cwd) => {
    const check = await cupel(["check", "--cases", "."], { cwd });
    const list = await cupel(["list", "--cases", "."], { cwd });
    const explain = await cupel(["explain", "snix/mine/a", "--cases", "."], { cwd });
    for (const { stdout } of [check, list, explain]) {
      assert.match(stdout, "\\u001b[31mred\\u202e\\n");
      assert.not.match(stdout, /[\u001b\u202e]/);
      assert.not.match(stdout, /^\s*::error/m);
    }
  });
});

const ours = oneCase("mine", { expect: "golden" });
const theirs = oneCase("theirs", { expect: "golden", recorded: { from: "executed", commit: "abc" } });
const golden = (name: string) => `golden/snix/mine/${name}.json`;

test("--update writes goldens of ours, also missing ones, and exits 1", async () => {
  await withDirectory(tableFiles(ours, theirs), async (cwd) => {
    const { exit, stdout } = await cupel(["check", "snix/mine/mine", "--cases", ".", "--update"], { cwd });
    assert.is(exit, 1);
    assert.match(stdout, `wrote ./${golden("mine")}`);
    assert.is(readFileSync(join(cwd, golden("mine")), "utf8"), `"${nameOfBuild}"\n`);
    assert.is(existsSync(join(cwd, golden("theirs"))), false);
    const again = await cupel(["check", "snix/mine/mine", "--cases", ".", "--update"], { cwd });
    assert.is(again.exit, 1);
    assert.match(again.stdout, "nothing to update");
  });
});

test("--update passes over what only the jail can do", async () => {
  const { cases } = JSON.parse(
    readFileSync(new URL("../../cases/metalor/rounds-in-namespaces.json", import.meta.url), "utf8"),
  );
  const real = { ...cases[0], expect: "golden", recorded: { from: "ours" } };
  const table = { system: "metalor", area: "mine", why: "because", cases: [real] };
  await withDirectory({ "cases/metalor/mine.json": JSON.stringify(table) }, async (cwd) => {
    const { exit, stdout, stderr } = await cupel(["check", "--cases", ".", "--update"], { cwd });
    assert.is(stderr, "");
    assert.is(exit, 1);
    assert.match(stdout, "nothing to update");
    assert.equal(readdirSync(cwd), ["cases"]);
  });
});

test("--update refuses goldens of upstream by name, and then writes nothing at all", async () => {
  const files = { ...tableFiles(ours, theirs), [golden("mine")]: "1\n", [golden("theirs")]: "1\n" };
  await withDirectory(files, async (cwd) => {
    const { exit, stderr } = await cupel(["check", "--cases", ".", "--update"], { cwd });
    assert.is(exit, 2);
    assert.match(stderr, "the golden of snix/mine/theirs is recorded from executed");
    assert.is(readFileSync(join(cwd, golden("mine")), "utf8"), "1\n");
  });
});

test("an --update that cannot write leaves nothing half-written behind", async () => {
  const files = { ...tableFiles(ours), "golden/snix/.keep": "" };
  await withDirectory(files, async (cwd) => {
    // A directory in the place of the golden: the draft is written, and cannot take its name.
    mkdirSync(join(cwd, golden("mine")), { recursive: true });
    const { exit, stderr } = await cupel(["check", "--cases", ".", "--update"], { cwd });
    assert.is(exit, 2);
    assert.match(stderr, "cannot write ./golden/snix/mine/mine.json: it is a directory");
    assert.equal(readdirSync(join(cwd, "golden/snix/mine")), ["mine.json"]);
  });
});

test("--update never runs in CI", async () => {
  await withDirectory({ ...tableFiles(ours), [golden("mine")]: "1\n" }, async (cwd) => {
    const { exit, stderr } = await cupel(["check", "--cases", ".", "--update"], { cwd, env: { CI: "true" } });
    assert.is(exit, 2);
    assert.match(stderr, "--update never runs in CI");
    assert.is(readFileSync(join(cwd, golden("mine")), "utf8"), "1\n");
  });
});

test("the shipped table is clean", async () => {
  const { exit, stdout } = await cupel(["check", "--quiet"]);
  assert.is(stdout, "");
  assert.is(exit, 0);
});
