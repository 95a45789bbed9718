/** `cupel compare` with miniature implementations. */
import { cupel, type Ended } from "../runner/terminal.ts";
import { assert, test } from "../suite.ts";
import { ownEnvironment, programCommand } from "./check-with.ts";

const compare = (...argv: readonly string[]): Promise<Ended> =>
  cupel(["compare", ...argv], { env: ownEnvironment(), columns: 80 });
const adapter = (name: string, program: string): readonly string[] => [
  "--adapter",
  `${name}=${programCommand(program)}`,
];

test("two implementations are compared case by case, differences first, in 80 columns", async () => {
  const { exit, stdout } = await compare(
    "obuilder/network/off",
    "obuilder/network/host",
    ...adapter("drops", "drops-a-namespace"),
    ...adapter("adds", "adds-a-capability"),
  );
  assert.is(exit, 0);
  assert.match(stdout, "Compared: drops, adds");
  assert.match(stdout, /\/linux\/namespaces\/0\n {4}in obuilder\/network\/off\n/);
  assert.match(stdout, /drops +violated: nothing there\n {4}adds +holds/);
  assert.match(stdout, /drops +holds\n {4}adds +violated: CAP_SYS_ADMIN/);
  assert.ok(Math.max(...stdout.split("\n").map((line) => line.length)) <= 80, stdout);
});

test("our own generators are a side of their own; Markdown, JSON and the exit code follow", async () => {
  const own = ["obuilder/network/off", "--ours", ...adapter("drops", "drops-a-namespace")];
  const page = await compare(...own, "--markdown", "--exit-code");
  assert.is(page.exit, 1);
  assert.match(page.stdout, "| obuilder/config | 0 of 1 | 1 of 1 |");
  const { stdout } = await compare(...own, "--json");
  const { sides, differ } = JSON.parse(stdout);
  assert.equal([sides, differ[0].subject], [["cupel", "drops"], "/linux/namespaces/0"]);
});

test("an adapter that dies or hangs is an error on what it owes, and the comparison goes on", async () => {
  const { exit, stdout } = await compare(
    "obuilder/network/off",
    "obuilder/network/host",
    "--ours",
    ...adapter("dies", "dies-once"),
    ...adapter("hangs", "hangs"),
    "--adapter-timeout",
    "5",
  );
  assert.is(exit, 0);
  assert.match(stdout, /hangs +error: the adapter gave no answer to generate within 5 s/);
  assert.match(stdout, /dies +error: the adapter gave no answer to generate: it ended/);
});

test("what cannot be compared is said in one sentence", async () => {
  const cases: readonly (readonly [readonly string[], number, string])[] = [
    [["--adapter", "a=true"], 2, "needs two implementations"],
    [["--ours"], 2, "needs two implementations"],
    [["--adapter", "a b=true", "--ours"], 2, "not NAME=COMMAND"],
    [["--adapter", "true", "--ours"], 2, "not NAME=COMMAND"],
    [["--adapter", "a=true", "--adapter", "a=true"], 2, "stands twice"],
    [["--adapter", "cupel=true", "--ours"], 2, "another name"],
    [["--adapter", "a=true", "--ours", "--runtime", "runc"], 2, "do not go together"],
    [["--adapter", "a=true", "--ours", "--report", "x"], 2, "do not go together"],
    [["--adapter-timeout", "2"], 2, "which is missing"],
    [["--adapter", "a=exit 7", "--ours", "obuilder/network/off"], 3, "a=...: the adapter gave no answer to initialize"],
    [["--adapter", "a=true", "--ours", "obuilder/none"], 4, "nothing is named"],
  ];
  for (const [argv, code, words] of cases) {
    const { exit, stderr } = await compare(...argv);
    assert.is(exit, code, `${argv.join(" ")}: ${stderr}`);
    assert.match(stderr, words);
    assert.not.match(stderr, /\n {4}at /);
  }
});
