import { readdirSync } from "node:fs";
import { commandNames } from "../../runner/arguments/command-list.ts";
import { loadCommand } from "../../runner/arguments/load-command.ts";
import { renderError } from "../../runner/report/render-error.ts";
import { assert, test } from "../suite.ts";
import { cupel } from "./terminal.ts";

test("the list of commands is what runner/commands holds", async () => {
  const files = readdirSync(new URL("../../runner/commands/", import.meta.url));
  assert.equal(files.map((file) => file.replace(/\.ts$/, "")).sort(), [...commandNames, "default"].sort());
  for (const name of ["", ...commandNames]) assert.is((await loadCommand(name))?.name, name);
});

test("--version prints one line", async () => {
  const { exit, stdout, stderr } = await cupel(["--version"]);
  assert.is(exit, 0);
  assert.match(stdout, /^cupel \d+\.\d+\.\d+\n$/);
  assert.is(stderr, "");
  assert.is((await cupel(["check", "--version"])).stdout, stdout);
});

test("the overview names every command and every group", async () => {
  const { exit, stdout } = await cupel(["--help"]);
  assert.is(exit, 0);
  for (const name of commandNames) assert.match(stdout, new RegExp(`^  ${name} `, "m"));
  assert.is((await cupel(["help"])).stdout, stdout);
});

test("every command has its own help, which fits narrow terminals", async () => {
  for (const name of commandNames) {
    const { exit, stdout } = await cupel([name, "--help"], { columns: 60 });
    assert.is(exit, 0);
    assert.match(stdout, `cupel ${name}`);
    assert.is((await cupel(["help", name], { columns: 60 })).stdout, stdout);
    const long = stdout.split("\n").filter((line) => line.length > 60 && !line.startsWith(`  cupel ${name}`));
    assert.equal(long, []);
  }
});

test("an unknown command names the nearest, and exits 2 without a stack", async () => {
  const { exit, stdout, stderr } = await cupel(["chekc"]);
  assert.is(exit, 2);
  assert.is(stdout, "");
  assert.is(stderr, "cupel: there is no command chekc\n  hint: did you mean cupel check?\n");
});

test("a pattern without a command says where it belongs", async () => {
  assert.match((await cupel(["snix/mounts"])).stderr, "cupel check snix/mounts");
});

test("a command's name is never looked up on Object.prototype or in the file system", async () => {
  for (const name of ["constructor", "__proto__", "../cli", "default"]) {
    const { exit, stderr } = await cupel([name]);
    assert.is(exit, 2);
    assert.match(stderr, "there is no command");
  }
});

test("foreign text in an error cannot move the cursor or command a CI system", async () => {
  const { stderr } = await cupel(["\u001b[2J\n::error::x"]);
  assert.not.match(stderr, "\u001b");
  assert.not.match(stderr, /^::/m);
});

test("a bug keeps its stack, asks for a report and exits 3", () => {
  const { text, exit } = renderError(new TypeError("oops"), ["check", "x"], false);
  assert.is(exit, 3);
  assert.match(text, "this is a bug in cupel. Please report it");
  assert.match(text, "cupel check x");
  assert.match(text, "TypeError: oops");
  assert.match(text, /\n +at /);
});

test("what is thrown and no Error is still reported as a bug", () => {
  const { text, exit } = renderError("just a string", [], false);
  assert.is(exit, 3);
  assert.match(text, "just a string");
});
