import { displayWidth } from "../../runner/terminal/display-width.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { families } from "../../src/policy/posture/families.ts";
import { intents } from "../../src/policy/posture/intents.ts";
import { wishes } from "../../src/policy/posture/wishes.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { systems } from "../../src/systems/registry.ts";
import { assert, test } from "../suite.ts";
import { cupel } from "./terminal.ts";

const names = systems.map(({ name }) => name);

function object(value: Json | undefined): JsonObject {
  if (value === undefined || !isObject(value)) throw new Error(`no object: ${printCompact(value ?? null)}`);
  return value;
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || !isArray(value)) throw new Error("no list");
  return value;
}

async function document(...argv: readonly string[]): Promise<JsonObject> {
  const { exit, stdout, stderr } = await cupel(["posture", "--json", ...argv]);
  assert.is(exit, 0, stderr);
  return object(parseJson(stdout));
}

test("every config in the document is what generate makes of the request beside it", async () => {
  for (const { name } of intents) {
    const made = list((await document("--intent", name))["systems"]).map(object);
    assert.equal(
      made.map((system) => system["name"]),
      names,
    );
    for (const system of made) {
      const argv = ["generate", String(system["name"]), "-", "--operation", String(system["operation"])];
      const options = printCompact(system["options"] ?? {});
      const { stdout, stderr } = await cupel([...argv, "--options", options], {
        stdin: printCompact(system["request"] ?? null),
      });
      assert.equal(parseJson(stdout), system["config"], `${name} ${String(system["name"])}: ${stderr}`);
    }
  }
});

test("every promise in the document is one of the config", async () => {
  const { systems: made, promises } = await document();
  for (const system of list(made).map(object)) {
    const own = promisesOf(object(system["config"]) as unknown as Config);
    const name = String(system["name"]);
    const told = list(promises)
      .map(object)
      .filter((each) => object(object(each["systems"])[name])["value"] !== "absent");
    const key = (rule: Json | undefined, subject: Json | undefined): string => `${String(rule)} ${String(subject)}`;
    assert.equal(
      told.map((each) => key(each["rule"], each["subject"])).sort(),
      own.map(({ rule, subject }) => key(rule, subject)).sort(),
    );
  }
});

test("no line is wider than the terminal, in columns and as a list", async () => {
  for (const { name } of intents) {
    for (const columns of [60, 80, 100, 140]) {
      const { stdout } = await cupel(["posture", "--intent", name], { columns, isTTY: true, env: { TERM: "xterm" } });
      assert.equal(
        stdout.split("\n").filter((line) => displayWidth(line) > columns),
        [],
        `${name} at ${columns}`,
      );
    }
  }
});

test("at 80 columns every system has a column; at 60 it is told who says what", async () => {
  const wide = await cupel(["posture"], { columns: 80 });
  assert.match(wide.stdout, new RegExp(`^Wishes +${names.join(" +")}$`, "m"));
  const narrow = await cupel(["posture"], { columns: 12 * names.length });
  assert.match(narrow.stdout, /^Wishes$/m);
  assert.match(narrow.stdout, /^ {4}(?:[a-z]+, )*obuilder.*: shared$/m);
  // Fewer systems fit again.
  const two = await cupel(["posture", "snix", "obuilder"], { columns: 60 });
  assert.match(two.stdout, /^Wishes +snix +obuilder$/m);
});

test("colour adds nothing that is not there without it", async () => {
  const plain = await cupel(["posture", "--against", "snix"], { columns: 80 });
  const colored = await cupel(["posture", "--against", "snix", "--color"], { columns: 80 });
  assert.not.match(plain.stdout, "\u001b");
  assert.match(colored.stdout, "\u001b");
  assert.is(colored.stdout.replace(/\u001b\[[0-9;]*m/g, ""), plain.stdout);
  assert.match(plain.stdout, "(- weaker)");
  assert.match(plain.stdout, "(+ stronger)");
});

test("what a system cannot do is said with the reason", async () => {
  const { stdout } = await cupel(["posture", "obuilder", "--with", "root,memory", "--without", "shell"]);
  assert.match(stdout, /^hermetic-build, without shell, with root, with memory$/m);
  assert.match(stdout, /^ {2}memory: yes +! never$/m);
  assert.match(stdout, "user-namespace: a step has the ids of the host");
});

test("a policy of one's own can be the reference", async () => {
  const { stdout } = await cupel(["posture", "snix", "--against", "unprivileged-build", "--without", "user-namespace"]);
  assert.match(stdout, /^\* user +shared \(- weaker\)$/m);
  assert.match(stdout, "less than the policy unprivileged-build asks");
});

test("Markdown has a table for each family that differs, with as many cells in every row", async () => {
  const { stdout } = await cupel(["posture", "--markdown"]);
  const rows = stdout.split("\n").filter((line) => line.startsWith("|"));
  assert.ok(rows.length > 20);
  for (const row of rows) assert.is(row.replaceAll("\\|", "").split("|").length, names.length + 3, row);
});

test("what does not exist is refused with the nearest that does", async () => {
  const said: readonly (readonly [argv: readonly string[], RegExp])[] = [
    [["--intent", "hermetic"], /there is no intent "hermetic"/],
    [["--intent", "root-biuld"], /did you mean root-build\?/],
    [["--with", "netwrok"], /there is no wish "netwrok"\n.*did you mean network\?/],
    [["--with", "root,"], /there is no wish ""/],
    [["--without", "constructor"], /there is no wish "constructor"/],
    [["--with", "root", "--without", "root"], /root is wished for by --with and dropped by --without/],
    [["--against", "snixx"], /there is no policy or system "snixx"\n.*did you mean snix\?/],
    [["snixx"], /there is no system "snixx"/],
    [["--json", "--markdown"], /only one of them/],
    [["--only", "netwrk"], /there is no part "netwrk"\n.*did you mean network\?/],
  ];
  for (const [argv, words] of said) {
    const { exit, stdout, stderr } = await cupel(["posture", ...argv]);
    assert.is(exit, 2, argv.join(" "));
    assert.is(stdout, "");
    assert.match(stderr, words);
  }
});

test("parts of the table can be shown alone, with the lists and marks that they use", async () => {
  const { stdout } = await cupel(["posture", "--only", "privileges,policies"]);
  assert.match(stdout, /^Policies /m);
  assert.match(stdout, /^Privileges /m);
  assert.match(stdout, /^ {2}\(a\) CAP_AUDIT_WRITE/m);
  assert.not.match(stdout, /^(?:Wishes|Network|snix)/m);
  const markdown = await cupel(["posture", "--only", "network", "--markdown"]);
  assert.equal(
    [...markdown.stdout.matchAll(/^### (.*)$/gm)].map(([, title]) => title),
    ["Network"],
  );
});

test("the help names every intent, wish and part that there is", async () => {
  const help = (await cupel(["posture", "--help"])).stdout.replace(/\s+/g, " ");
  const all = [...intents, ...wishes, ...families].map(({ name }) => name);
  for (const name of ["policies", "wishes", ...all]) assert.match(help, new RegExp(` ${name}[,. (]`), name);
});
