import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { shellQuote } from "../../runner/report/shell-quote.ts";
import type { Json } from "../../src/json/value.ts";
import { withDirectory } from "../runner/directory.ts";
import { oneCase, tableFiles } from "../runner/table.ts";
import { cupel, type Ended } from "../runner/terminal.ts";
import { assert, test } from "../suite.ts";
import { checkWith, ownEnvironment, programCommand } from "./check-with.ts";

const empty = {
  inputs: [],
  commandArgs: [],
  workingDir: "",
  scratchPaths: [],
  inputsDir: "",
  outputs: [],
  environmentVars: [],
  constraints: null,
  additionalFiles: [],
  refscanNeedles: [],
};

/** Three operations and a refusal: enough to try all that is tried. */
const table = tableFiles(
  oneCase("build"),
  oneCase("paths", { ...paths({ outputs: [] }), expect: { value: [] } }),
  oneCase("refused", { ...paths({ outputs: ["o"] }), expect: { rejects: 'unable to find path "o"' } }),
  oneCase("valid", { operation: "validate", request: empty, expect: { value: { ...empty, constraints: {} } } }),
);

function paths(request: { readonly outputs: readonly string[] }): {
  readonly operation: string;
  readonly request: Json;
} {
  return { operation: "hostOutputPaths", request: { ...request, scratchPaths: [], bundlePath: "/b" } };
}

async function smoke(command: string, ...more: readonly string[]): Promise<Ended> {
  let ended: Ended | undefined;
  await withDirectory(table, async (cwd) => {
    ended = await cupel(["smoke", "--adapter", command, "--cases", ".", ...more], { env: ownEnvironment(), cwd });
  });
  if (ended === undefined) throw new Error("nothing ended");
  return ended;
}

const example = `python3 ${shellQuote(fileURLToPath(new URL("../../examples/adapter.py", import.meta.url)))}`;

/** Undefined where the example can be started. */
function lackingPython(): string | undefined {
  try {
    execFileSync("python3", ["--version"], { stdio: "pipe" });
    return undefined;
  } catch {
    return "no python3";
  }
}

test("an adapter that is right in everything is told what to do next", async () => {
  const { exit, stdout } = await smoke(programCommand("panics"), "--adapter-timeout", "300");
  assert.match(stdout, /^ok +an introduction: cupel /);
  assert.match(stdout, "ok      snix/validate, as snix/mine/valid");
  assert.match(stdout, "ok      a request that does not fit its type");
  assert.match(stdout, "ok      an operation that does not exist");
  assert.match(stdout, "ok      the end");
  assert.not.match(stdout, "WRONG");
  assert.is(exit, 0);
  assert.match(stdout, /\nnext: cupel check --cases \. --adapter .* --adapter-timeout 300\n$/);
});

/** What smoke says of a miniature: its exit code, and words. */
const told: readonly (readonly [program: string, exit: number, words: RegExp])[] = [
  [
    "says-it-otherwise",
    1,
    /WRONG {3}a request that must be refused, \S+\n +seen .*in these words\n +cure .*cupel check/,
  ],
  ["accepts-everything", 1, /WRONG {3}a request that does not fit its type\n +seen +it gave a result\n +cure .*-32602/],
  ["accepts-everything", 1, /WRONG {3}an operation that does not exist\n +seen +it gave a result\n +cure .*code 2/],
  ["knows-one-operation", 1, /WRONG {3}snix\/validate.*\n +seen .*not yet\n +cure +leave the operation out/],
  ["dies", 3, /BROKEN .*\n +seen .*exit status 101\n +stderr +thread 'main' panicked.*\n +cure +keep running/],
  ["answers-twice", 3, /BROKEN .*\n +seen .*twice\n +cure +answer each request once/],
  ["talks-too-much", 3, /BROKEN .*\n +seen[\s\S]*generating\.\.\.\n +cure +write nothing but answers/],
  ["shuts-down-badly", 3, /BROKEN {2}the end\n +seen[\s\S]*exit status\s+5\n/],
  ["speaks-another-protocol", 3, /BROKEN {2}an introduction\n[\s\S]*protocol 1, the only one/],
];

for (const [program, wanted, words] of told) {
  test(`smoke tells what is wrong with ${program}: ${words.source.slice(0, 40)}`, async () => {
    const { exit, stdout } = await smoke(programCommand(program), "--adapter-timeout", "300");
    assert.match(stdout, words);
    assert.is(exit, wanted);
  });
}

test("after three breakdowns the trial stops", async () => {
  const { exit, stdout } = await smoke(programCommand("hangs"), "--adapter-timeout", "1");
  assert.is(stdout.match(/^BROKEN/gm)?.length, 3);
  assert.match(stdout, "stopped after 3 breakdowns");
  assert.is(exit, 3);
});

test("a command that cannot be started is told with what the shell said", async () => {
  const { exit, stdout } = await smoke("no-such-adapter");
  assert.match(stdout, ": no-such-adapter: ");
  assert.match(stdout, "start it by hand");
  assert.is(exit, 3);
});

test("names that mean nothing here are pointed out, and an adapter of nothing else is exit 4", async () => {
  const result =
    '{"protocol":1,"implementation":{"name":"x","version":"1"},"operations":{"snix":["cofnig"],"obiulder":["config"]}}';
  const command = `read l; echo '{"jsonrpc":"2.0","id":1,"result":${result}}'; read l; echo '{"jsonrpc":"2.0","id":2,"result":null}'`;
  const { exit, stdout } = await smoke(command);
  assert.match(stdout, "there is no operation snix/cofnig; did you mean config?");
  assert.match(stdout, "there is no system obiulder; did you mean obuilder?");
  assert.match(stdout, "implements nothing");
  assert.is(exit, 4);
});

test("smoke needs an adapter", async () => {
  const { exit, stderr } = await cupel(["smoke"]);
  assert.is(exit, 2);
  assert.match(stderr, "needs --adapter CMD");
});

test.executes(lackingPython(), "the example is right in what it does, and everything else is skipped", async () => {
  const tried = await cupel(["smoke", "--adapter", example], { env: ownEnvironment() });
  assert.is(tried.exit, 0, tried.stdout);
  const { exit, checks, red } = await checkWith(example, ["obuilder/architectures", "obuilder/network"]);
  assert.is(exit, 0);
  assert.is(checks.filter(({ verdict }) => verdict === "pass").length, 5);
  assert.ok(red.every((line) => line.endsWith("skip not-implemented")));
});
