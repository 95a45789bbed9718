import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandNames } from "../../runner/arguments/command-list.ts";
import { commonOptions } from "../../runner/arguments/common-options.ts";
import { loadCommand } from "../../runner/arguments/load-command.ts";
import { parseArguments } from "../../runner/arguments/parse-arguments.ts";
import { splitCommand } from "../../runner/arguments/split-command.ts";
import { root } from "../conventions/source-files.ts";
import { cupel } from "../runner/terminal.ts";
import { assert, test } from "../suite.ts";
import { commandLines } from "./command-lines.ts";
import { allPages, blocksOf, proseOf, readPage, rowsOf, sectionOf } from "./markdown.ts";

const readme = readPage("README.md");
/** Words in capitals stand for something: `cupel COMMAND --help`. */
const lines = allPages()
  .flatMap((page) => commandLines(page).map((words) => ({ page: page.path, words })))
  .filter(({ words }) => !words.some((word) => /^[A-Z|<>]+$/.test(word)));

test("the README shows every command with an example, and no other", () => {
  const rows = rowsOf(sectionOf(readme, "Commands"));
  assert.equal(rows.map(([name = ""]) => name.replaceAll("`", "")).sort(), [...commandNames].sort());
  for (const [name = "", , example = ""] of rows) {
    assert.ok(example.startsWith(`\`cupel ${name.replaceAll("`", "")}`), `${name}: ${example}`);
  }
});

test("every command line in the pages is one that its command takes", async () => {
  assert.ok(lines.length >= 20, `${lines.length} command lines`);
  for (const { page, words } of lines) {
    const { name, rest } = splitCommand(words);
    const command = await loadCommand(name);
    assert.ok(command !== undefined, `${page}: cupel ${words.join(" ")}: there is no command ${name}`);
    try {
      if (command !== undefined) parseArguments(rest, { ...command.options, ...commonOptions }, `cupel ${name}`);
    } catch (error) {
      throw new Error(`${page}: cupel ${words.join(" ")}: ${(error as Error).message}`);
    }
  }
});

test("every option that the README names is an option of some command", async () => {
  const commands = await Promise.all(["", ...commandNames].map(loadCommand));
  const known = new Set(
    [commonOptions, ...commands.map((command) => command?.options ?? {})].flatMap((options) => Object.keys(options)),
  );
  const text = `${proseOf(readme)}\n${blocksOf(readme)
    .map((block) => block.text)
    .join("\n")}`;
  const named = new Set([...text.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, option = ""]) => option));
  assert.ok(named.size > 5, `${named.size} options`);
  assert.equal(
    [...named].filter((option) => !known.has(option)),
    [],
  );
});

test("what the examples select is there", async () => {
  const explained = lines
    .filter(({ words: [name, operand] }) => name === "explain" && operand !== undefined)
    .map(({ words }) => words.slice(1));
  assert.ok(explained.length > 0);
  for (const operands of explained) {
    const { exit, stderr } = await cupel(["explain", ...operands]);
    assert.is(exit, 0, stderr);
  }
  // `list` selects as check and run do, and executes nothing.
  const selecting = lines.filter(({ words }) => {
    const [name = ""] = words;
    return ["check", "run", "list"].includes(name) && !words.includes("--cases");
  });
  for (const { words } of selecting) {
    const { name, rest } = splitCommand(words);
    const command = await loadCommand(name);
    const { operands } = parseArguments(rest, { ...command?.options, ...commonOptions }, name);
    const { exit, stderr } = await cupel(["list", "-q", ...operands]);
    assert.is(exit, 0, `cupel ${words.join(" ")}: ${stderr}`);
  }
});

test("every file that an example takes is there", () => {
  const files = lines.flatMap(({ words }) => words.filter((word) => /^(?:golden|baselines|cases)\//.test(word)));
  assert.ok(files.length > 0);
  assert.equal(
    files.filter((file) => !existsSync(join(root, file))),
    [],
  );
});

test("every npm command in the pages is a script of package.json", () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }).scripts,
  );
  const named = allPages().flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm (?:run ([a-z:]+)|(start|test)\b)/g)].map(([, run, short]) => ({
      path,
      script: run ?? short ?? "",
    })),
  );
  assert.ok(named.some(({ path, script }) => path === "README.md" && script === "start"));
  assert.ok(named.some(({ path, script }) => path === "README.md" && script === "test"));
  assert.equal(
    named.filter(({ script }) => !scripts.includes(script)).map(({ path, script }) => `${path}: npm run ${script}`),
    [],
  );
});

test("the README gives the exit codes as the help does", async () => {
  const { stdout } = await cupel(["--help"]);
  const [, block = ""] = /^Exit codes\n((?: .*\n)+)/m.exec(stdout) ?? [];
  const help = [...block.matchAll(/^ {2}([0-9]) +(.*)$/gm)].map(([, code = "", meaning = ""]) => [code, meaning]);
  assert.is(help.length, 5);
  const rows = rowsOf(readme.text).filter(([code = ""]) => /^[0-9]$/.test(code));
  assert.equal(rows, help);
});
