import type { Options } from "../../runner/arguments/option.ts";
import { parseArguments } from "../../runner/arguments/parse-arguments.ts";
import { splitCommand } from "../../runner/arguments/split-command.ts";
import { CupelError } from "../../src/errors.ts";
import { assert, test } from "../suite.ts";

const options: Options = {
  update: { type: "switch", help: "" },
  quiet: { type: "switch", short: "q", help: "" },
  cases: { type: "value", value: "DIR", help: "" },
  reporter: { type: "list", value: "NAME", help: "" },
};

function refusal(argv: readonly string[]): CupelError {
  try {
    parseArguments(argv, options, "cupel check");
  } catch (error) {
    if (error instanceof CupelError) return error;
    throw error;
  }
  throw new Error(`${argv.join(" ")} was accepted`);
}

test("switches, values and lists are read, in any order with operands", () => {
  const { flags, operands } = parseArguments(
    ["a", "-q", "--cases=x", "--reporter", "json", "b", "--reporter=ndjson=f", "--cases", "y"],
    options,
    "cupel check",
  );
  assert.equal(operands, ["a", "b"]);
  assert.is(flags.has("quiet"), true);
  assert.is(flags.has("update"), false);
  assert.is(flags.value("cases"), "y");
  assert.equal(flags.list("reporter"), ["json", "ndjson=f"]);
});

test("after -- everything is an operand, and a lone dash always is", () => {
  assert.equal(parseArguments(["-", "--", "--update"], options, "cupel check").operands, ["-", "--update"]);
});

test("an unknown option names the nearest one", () => {
  const error = refusal(["--reportr=json"]);
  assert.is(error.exit, 2);
  assert.is(error.message, "cupel check has no option --reportr");
  assert.match(error.hint ?? "", "did you mean --reporter?");
});

test("a single letter means what begins with it", () => {
  assert.match(refusal(["-U"]).hint ?? "", "did you mean --update?");
  assert.match(refusal(["-x"]).hint ?? "", /^cupel check --help/);
});

test("an option named like a member of every object is unknown", () => {
  assert.is(refusal(["--constructor"]).message, "cupel check has no option --constructor");
  assert.is(refusal(["--__proto__=1"]).message, "cupel check has no option --__proto__");
});

test("a value that is missing or looks like the next option is not taken", () => {
  assert.is(refusal(["--cases"]).message, "--cases DIR: its value is missing");
  assert.is(refusal(["--cases", "--update"]).message, "--cases DIR: its value is missing");
  assert.is(refusal(["--cases="]).message, "--cases DIR: its value is empty");
  // A number is wrong only for who asked for one above nothing.
  assert.is(parseArguments(["--cases", "-1"], options, "cupel check").flags.value("cases"), "-1");
  assert.is(parseArguments(["--cases", "-"], options, "cupel check").flags.value("cases"), "-");
});

test("an empty word, as an unset variable of the shell gives, is refused", () => {
  const error = refusal(["a", ""]);
  assert.is(error.message, "cupel check was given an empty word");
  assert.is(error.exit, 2);
});

test("a switch takes no value", () => {
  assert.is(refusal(["--update=yes"]).message, '--update takes no value, but got "yes"');
});

test("asking for an option that was never declared is a bug", () => {
  const { flags } = parseArguments([], options, "cupel check");
  assert.throws(() => flags.has("nope"), "declares no option --nope");
});

test("the command is found behind options, but not behind --", () => {
  assert.equal(splitCommand(["check", "x"]), { name: "check", rest: ["x"] });
  assert.equal(splitCommand(["--no-color", "check", "x"]), { name: "check", rest: ["--no-color", "x"] });
  assert.equal(splitCommand(["--quiet"]), { name: "", rest: ["--quiet"] });
  assert.equal(splitCommand(["--", "check"]), { name: "", rest: ["--", "check"] });
  assert.equal(splitCommand(["bogus", "check"]), { name: "bogus", rest: ["check"] });
});
