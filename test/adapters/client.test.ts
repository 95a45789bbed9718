import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { groupPids } from "../../runner/adapter/group-pids.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { ended, eventually, signal, startCupel } from "../execute/self.ts";
import { withDirectory } from "../runner/directory.ts";
import { oneCase, tableFiles } from "../runner/table.ts";
import { cupel } from "../runner/terminal.ts";
import { assert, test } from "../suite.ts";
import { checkWith, programCommand } from "./check-with.ts";

const build = "snix/scratch-names/build";
const bin = fileURLToPath(new URL("../../bin/cupel.js", import.meta.url));
const isDeno = process.versions["deno"] !== undefined;
const ourselves = [process.execPath, ...(isDeno ? ["run", "--quiet", "-A"] : []), bin];

// Other test files make directories of operations at the same time; these are for this file and what it starts alone.
const temporary = mkdtempSync(join(tmpdir(), "cupel-test-"));
process.env["TMPDIR"] = temporary;
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** Directories of operations that are there now. */
const scratch = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("cupel-scratch-"));

/** Whether a process of this id is alive; a zombie is not. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

test("our own server, asked over the protocol, gets the same verdicts as our own generators", async () => {
  const before = scratch();
  const mine = await cupel(["check", "--reporter", "json"]);
  const own = (JSON.parse(mine.stdout) as { checks: CheckEvent[] }).checks.filter(({ code }) => code !== "needs-jail");
  const cases = [...new Set(own.map(({ id }) => id.slice(0, id.indexOf("#"))))];
  const served = await checkWith(`${ourselves.map((word) => `'${word}'`).join(" ")} serve`, cases);
  const verdicts = (checks: readonly CheckEvent[]): readonly string[] =>
    checks.map(({ id, verdict, code }) => `${id} ${verdict} ${code ?? ""}`).sort();
  assert.ok(own.length > 500);
  const expected = new Set(verdicts(own));
  assert.equal(
    // An ordinary user cannot do with real files what some cases do.
    verdicts(served.checks).filter((line) => !expected.has(line) && !line.endsWith(" skip needs-root")),
    [],
  );
  assert.is(served.checks.length, own.length);
  const [start] = served.events;
  assert.is(start?.type === "start" ? start.implementation?.name : undefined, "cupel");
  assert.equal(
    scratch().filter((name) => !before.includes(name)),
    [],
  );
});

test("integers of any size go through, and one that is rounded is noticed", async () => {
  const largest = 4611686018427387903n;
  const request = `{"cwd":"/","argv":["true"],"hostname":"h","user":{"uid":${largest},"gid":0},"env":[],"mounts":[],"network":[],"mountSecrets":[]}`;
  const table = `{"system":"obuilder","area":"large","why":"because","cases":[{"id":"uid","title":"t","operation":"config","request":${request},"options":{"arches":[],"configDir":"/c","resultsDir":"/r"},"invalid":["out-of-range"],"expect":"golden","recorded":{"from":"ours"}}]}`;
  await withDirectory({ "cases/obuilder/large.json": table }, async (cwd) => {
    await cupel(["check", "--cases", ".", "--update"], { cwd });
    assert.match(readFileSync(join(cwd, "golden/obuilder/large/uid.json"), "utf8"), `"uid": ${largest}`);
    const right = await checkWith(programCommand("shuts-down-badly"), ["--cases", cwd]);
    assert.is(right.exit, 0, right.text);
    const rounded = await checkWith(programCommand("rounds-big-integers"), ["--cases", cwd]);
    assert.equal(rounded.red, ["obuilder/large/uid#golden fail differs"]);
    assert.match(rounded.text, /promised +4611686018427387903\n +seen +4611686018427387904/);
  });
});

test("what an adapter started ends with it", async () => {
  const { exit, text } = await checkWith(programCommand("leaves-a-process"), [build]);
  assert.is(exit, 0, text);
  await eventually(() => groupsWithSleep().length === 0);
});

/** The processes `sleep 604` that the miniature starts. */
function groupsWithSleep(): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").filter((name) => {
    if (!/^[0-9]+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8") === "sleep\u0000604\u0000" && isAlive(Number(name));
    } catch {
      return false;
    }
  });
}

for (const name of ["SIGKILL", "SIGINT", "SIGTERM"] as const) {
  test(`${name} of cupel ends the adapter with everything that it started, and leaves no directory behind`, async () => {
    await withDirectory(tableFiles(oneCase("build")), async (cwd) => {
      const before = scratch();
      const file = join(cwd, "pids");
      // It never answers, does not care for the end of its input, and has a child that cares for nothing.
      const command = `trap '' INT TERM HUP; sleep 601 & echo "$$ $!" > '${file}'; while :; do sleep 1; done`;
      const child = startCupel(["check", "--cases", cwd, "--adapter", command]);
      const end = ended(child);
      const pids = (): readonly number[] => {
        try {
          return readFileSync(file, "utf8")
            .trim()
            .split(" ")
            .filter((word) => word !== "")
            .map(Number);
        } catch {
          return [];
        }
      };
      await eventually(() => pids().length === 2);
      const group = groupPids(pids()[0] ?? 0);
      assert.ok(group.length >= 3, `${group.length} processes`);
      signal(child, name);
      const { code } = await end;
      if (name !== "SIGKILL") assert.is(code, name === "SIGINT" ? 130 : 143);
      await eventually(() => !group.some(isAlive));
      if (name !== "SIGKILL")
        assert.equal(
          scratch().filter((name) => !before.includes(name)),
          [],
        );
    });
  });
}

test("what a killed run left of its files is gone after the next one", async () => {
  const left = join(tmpdir(), "cupel-scratch-999999-1-");
  const namespace = /[0-9]+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  mkdirSync(`${left}${namespace}-left`);
  writeFileSync(`${left}${namespace}-left/file`, "");
  await checkWith(programCommand("shuts-down-badly"), ["snix/bundle/layout"]);
  assert.not.ok(scratch().includes(`cupel-scratch-999999-1-${namespace}-left`));
});

test("a command that does not exist is told once, with what the shell said of it", async () => {
  const { exit, text, red } = await checkWith("no-such-adapter --now", ["snix/scratch-names"]);
  assert.is(exit, 3);
  assert.ok(red.length > 5);
  assert.is(text.match(/: no-such-adapter: /g)?.length, 1, text);
  assert.match(text, /exit status 12[67]/);
});

test("what an adapter says is shown, and can do nothing", async () => {
  const nasty = "printf '\\033[31mred\\r::error::x\\n' >&2; exit 1";
  const { text } = await checkWith(nasty, [build]);
  assert.match(text, "\\u001b[31mred\\r::error::x");
  assert.not.match(text, /\u001b\[31mred/);
  const message = `printf '%s\\n' '{"jsonrpc":"2.0","id":1,"error":{"code":3,"message":"\\u001b]0;x\\u0007"}}'; sleep 9`;
  const other = await checkWith(message, [build]);
  assert.match(other.text, "\\u001b]0;x\\u0007");
});

test("a line of an adapter is shown in part, however long it is", async () => {
  const { text } = await checkWith(`head -c 1000000 /dev/zero | tr '\\0' x; echo; sleep 9`, [build]);
  assert.ok(text.length < 4000, `${text.length} characters`);
  assert.match(text, "xxx…");
});

test("the line that repeats a failure names the adapter", async () => {
  const { text } = await checkWith("exit 7", [build], ["--adapter-timeout", "3"]);
  assert.match(text, `again     cupel check ${build} --adapter 'exit 7' --adapter-timeout 3`);
});

test("an adapter is started where cupel was, with its environment and its input only", async () => {
  await withDirectory({ here: "" }, async (cwd) => {
    const { text } = await checkWith('ls >&2; echo "$WORD $(umask)" >&2; exit 1', [build], [], {
      cwd,
      env: { WORD: "said", PATH: process.env["PATH"] ?? "" },
    });
    assert.match(text, /stderr +here\n +said 0022/);
  });
});

test("wrong command lines are refused before anything starts", async () => {
  const wrong: readonly (readonly [argv: readonly string[], says: string])[] = [
    [["--adapter", "x", "--update"], "--adapter and --update do not go together"],
    [["--adapter", "x", "--outputs", "y"], "--adapter and --outputs do not go together"],
    [["--adapter-timeout", "3"], "--adapter-timeout says something about --adapter"],
    [["--adapter", "x", "--adapter-timeout", "0"], "--adapter-timeout 0: expected seconds"],
    [["--adapter", "x", "--adapter-timeout", "soon"], "--adapter-timeout soon: expected seconds"],
    [["--outputs", "nowhere"], "there is no directory nowhere"],
  ];
  for (const [argv, says] of wrong) {
    const { exit, stderr } = await cupel(["check", build, ...argv]);
    assert.is(exit, 2, argv.join(" "));
    assert.match(stderr, says);
  }
});

test("files that a case gives are there before, with their modes, and what is there afterwards is judged", async () => {
  const given = [
    { path: "{{tmp}}/a", type: "dir", mode: "555" },
    { path: "{{tmp}}/a/file", type: "file", mode: "640", content: "in {{tmp}}\n" },
    { path: "{{tmp}}/a/bytes", type: "file", contentBase64: "/wA=" },
    { path: "{{tmp}}/link", type: "symlink", target: "{{tmp}}/a" },
    { path: "{{tmp}}/pipe", type: "fifo", mode: "600" },
  ];
  const row = oneCase("given", { given, leaves: given });
  await withDirectory(tableFiles(row), async (cwd) => {
    const { exit, text } = await checkWith(programCommand("shuts-down-badly"), ["--cases", cwd]);
    assert.is(exit, 0, text);
  });
  await withDirectory(tableFiles(oneCase("given", { given, leaves: given.slice(1) })), async (cwd) => {
    const { red } = await checkWith(programCommand("shuts-down-badly"), ["--cases", cwd]);
    assert.equal(red, ["snix/mine/given#golden fail leaves-differ"]);
  });
});

test("every miniature is tried", () => {
  const directory = fileURLToPath(new URL(".", import.meta.url));
  const programs = readdirSync(join(directory, "programs")).map((name) => name.replace(/\.ts$/, ""));
  const tests = readdirSync(directory).filter((name) => name.endsWith(".test.ts"));
  const text = tests.map((name) => readFileSync(join(directory, name), "utf8")).join("\n");
  assert.ok(programs.length >= 12);
  assert.equal(
    programs.filter((name) => !text.includes(`"${name}"`)),
    [],
  );
});
