import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArguments } from "../../runner/arguments/parse-arguments.ts";
import { command } from "../../runner/commands/run.ts";
import { freeRange } from "../../runner/execute/as-user.ts";
import { runtimeHint } from "../../runner/execute/jail/tools.ts";
import { wantedExecution, wantedRuntimes } from "../../runner/execute/run-options.ts";
import { findRuntime } from "../../runner/execute/runtime/runtime.ts";
import { againOf } from "../../runner/report/again.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { cupel, type Ended } from "./terminal.ts";

const { options: runOptions } = command;

const run = (...argv: readonly string[]): Promise<Ended> => cupel(["run", ...argv]);

test("a runtime that is named twice is refused before anything starts", async () => {
  for (const command of ["run", "mutate"]) {
    const { exit, stderr } = await cupel([command, "--runtime", "runc", "--runtime", "runc=/old/runc"]);
    assert.is(exit, 2);
    assert.match(stderr, "--runtime runc was given twice\n  hint: cupel compare takes two of one name");
  }
});

test("a comparison tells two runtimes of one name apart, and knows which program each is", () => {
  const argv = ["--runtime", "runc", "--runtime", "crun", "--runtime", "runc=/old/runc", "--runtime", "runc=/new/runc"];
  const { flags } = parseArguments(argv, runOptions, "cupel compare");
  assert.equal(
    wantedExecution({ flags, cwd: "/" }, true).runtimes.map(({ profile, program, path }) => [
      profile.name,
      program,
      path,
    ]),
    [
      ["runc", undefined, undefined],
      ["crun", undefined, undefined],
      ["runc-2", "runc", "/old/runc"],
      ["runc-3", "runc", "/new/runc"],
    ],
  );
});

test("a runtime without a profile names those there are", async () => {
  const { exit, stderr } = await run("--runtime", "rnc");
  assert.is(exit, 2);
  assert.match(stderr, 'there is no profile for "rnc"');
  assert.match(stderr, "crun, runc, runsc, unshare, youki");
});

test("a profile in a file can be named like those that are shipped", async () => {
  const shipped = readFileSync(new URL("../../profiles/runc.json", import.meta.url), "utf8");
  const files = {
    "mine.json": shipped.replace('"name": "runc"', '"name": "mine"'),
    "twin.json": shipped,
    "bad.json": "{",
  };
  await withDirectory(files, async (cwd) => {
    const { flags } = parseArguments(["--profile", "mine.json", "--runtime", "mine=bin/mine"], runOptions, "cupel run");
    const [mine] = wantedRuntimes({ flags, cwd });
    assert.is(mine?.profile.name, "mine");
    assert.is(mine?.path, join(cwd, "bin/mine"));
    assert.match(againOf(flags).againRun?.options ?? "", " --profile mine.json");
    const all = parseArguments(["--profile", "mine.json"], runOptions, "cupel run");
    assert.ok(wantedRuntimes({ flags: all.flags, cwd }).some(({ profile }) => profile.name === "mine"));
    const twin = await cupel(["run", "--profile", "twin.json"], { cwd });
    assert.is(twin.exit, 2);
    assert.match(twin.stderr, 'twin.json: the profile "runc" stands in profiles/runc.json already');
    const bad = await cupel(["doctor", "--profile", "bad.json"], { cwd });
    assert.is(bad.exit, 2);
    assert.match(bad.stderr, "bad.json:1:2: expected");
    assert.match((await cupel(["run", "--profile", "none.json"], { cwd })).stderr, "there is no file none.json");
  });
});

test("what repeats a check is started by the same user, with the same trust", () => {
  const { flags } = parseArguments(["--as", "builder", "--trust-commands"], runOptions, "cupel run");
  assert.is(againOf(flags).againRun?.options, " --as builder --trust-commands");
});

test("a runtime of one's own that is not installed is to be named, not to be looked for in Debian", async () => {
  const { flags } = parseArguments(["--runtime", "runc"], runOptions, "cupel run");
  const [runc] = wantedRuntimes({ flags, cwd: "/" });
  if (runc === undefined) throw new Error("no runc");
  const missing = await findRuntime({ ...runc.profile, name: "no-such-runtime" });
  assert.match("cure" in missing ? missing.cure : "", "--runtime no-such-runtime=PATH");
  assert.match(runtimeHint("crun"), "apt-get install crun");
});

test("the range that a user without subordinate ids is told to take is nobody else's", () => {
  assert.is(freeRange([]), "100000-165535");
  const lines = [["a", "100000", "65536"], ["b", "231072", "65536"], ["# nobody's"], [""]];
  assert.is(freeRange(lines), "296608-362143");
});

test("jobs and time limits are numbers that make sense", async () => {
  for (const option of ["--jobs", "--timeout"]) {
    for (const value of ["0", "-1", "x", "1e9"]) {
      const { exit, stderr } = await run(option, value);
      assert.is(exit, 2);
      assert.match(stderr, `${option} ${value}: expected `);
    }
  }
});

// Only root may name another user.
if (process.getuid?.() === 0) {
  test("cells are executed as a user who exists and is not root", async () => {
    const unknown = await run("--as", "no-such-user");
    assert.is(unknown.exit, 2);
    assert.match(unknown.stderr, 'there is no user "no-such-user"');
    assert.is((await run("--as", "root")).exit, 2);
    const doctor = await cupel(["doctor", "--as", "no-such-user"]);
    assert.is(doctor.exit, 4);
    assert.match(doctor.stdout, "No cell can be executed here as no-such-user");
  });
}
