import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { processArguments } from "../../../src/policy/rules/arguments.ts";
import { environment } from "../../../src/policy/rules/environment.ts";
import { environmentExtra } from "../../../src/policy/rules/environment-extra.ts";
import { workingDirectory } from "../../../src/policy/rules/working-directory.ts";
import { assert, test } from "../../suite.ts";
import { configWith, facts, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const withArgs = (args: Json): Config => configWith({ process: { args } });
const withEnv = (env: Json): Config => configWith({ process: { env } });

test("arguments are judged one by one, empty ones included", () => {
  const is = (args: Json, text: string): string =>
    verdict(processArguments, withArgs(args), "args", { "cell args": text });
  assert.is(is(["/cupel/step", "a b", ""], "/cupel/step\0a b\0\0"), "holds");
  assert.is(is(["/cupel/step", "a b"], "/cupel/step\0a\0b\0"), "violated");
  assert.is(is(["/cupel/step", ""], "/cupel/step\0"), "violated");
  assert.is(is([""], "\0"), "holds");
  assert.is(is([], ""), "holds");
  assert.is(is(["a\nb"], "a\nb\0"), "holds");
  assert.is(verdict(processArguments, withArgs(["a"]), "args", { "cell args": missing }), "not-observable");
});

test("the working directory is a clean path", () => {
  assert.is(valueIn(workingDirectory, configWith({ process: { cwd: "/a//b/./../c/" } }), "cwd"), "/a/c");
  const is = (text: string): string => verdict(workingDirectory, configWith(), "cwd", { "cell cwd": text });
  assert.is(is("/build"), "holds");
  assert.is(is("/"), "violated");
  assert.is(is("/build (deleted)"), "violated");
  assert.is(verdict(workingDirectory, configWith(), "cwd", { "cell cwd": missing }), "not-observable");
});

test("configured variables are there in order, duplicates included, whatever else there is", () => {
  const is = (env: Json, text: string): string =>
    verdict(environment, withEnv(env), "environment-order", { "cell environ": text });
  assert.is(is(["A=1", "B=2"], "A=1\0B=2\0"), "holds");
  assert.is(is(["A=1", "B=2"], "HOME=/\0A=1\0B=2\0"), "holds");
  assert.is(is(["A=1", "B=2"], "B=2\0A=1\0"), "violated");
  assert.is(is(["A=1", "A=2"], "A=2\0"), "violated");
  assert.is(is(["A=1", "A=2"], "A=1\0A=2\0"), "holds");
  assert.is(is(["A=1"], "A=1 \0"), "violated");
  assert.is(is(["A=1"], ""), "violated");
  assert.is(is(["A=x=y\nz"], "A=x=y\nz\0"), "holds");
  assert.is(verdict(environment, withEnv(["A=1"]), "environment", { "cell environ": missing }), "not-observable");
});

test("a runtime that only changes their order keeps the variables, and loses the order", () => {
  const is = (subject: string, text: string): string =>
    verdict(environment, withEnv(["B=2", "A=1", "A=2"]), subject, { "cell environ": text });
  assert.equal(valueIn(environment, withEnv(["B=2", "A=1"]), "environment"), ["A=1", "B=2"]);
  assert.is(is("environment", "A=1\0A=2\0B=2\0"), "holds");
  assert.is(is("environment-order", "A=1\0A=2\0B=2\0"), "violated");
  assert.is(is("environment", "A=2\0B=2\0"), "violated");
});

test("a variable under another name is one too many, and only its name is told", () => {
  const config = withEnv(["B=2", "A=1", "A=3"]);
  assert.equal(valueIn(environmentExtra, config, "environment-names"), ["A", "B"]);
  assert.is(verdict(environmentExtra, config, "environment-names", { "cell environ": "A=1\0" }), "holds");
  assert.equal(judge(environmentExtra, config, "environment-names", { "cell environ": "A=1\0SECRET=x\0" }), {
    is: "violated",
    seen: ["SECRET"],
  });
  assert.is(verdict(environmentExtra, config, "environment-names", { "cell environ": missing }), "not-observable");
});

test("the caller's canary is found under any name", () => {
  const is = (text: string): string =>
    verdict(environmentExtra, withEnv(["A=1"]), "environment-of-caller", { "cell environ": text });
  assert.is(is("A=1\0HOME=/\0"), "holds");
  assert.is(is(`A=1\0X=${facts.token}\0`), "violated");
  assert.is(is(`A=${facts.token}\0`), "violated");
});

test("one name more is weaker", () => {
  assert.is(environmentExtra.compare(["A"], ["A", "B"]), "weaker");
  assert.is(environmentExtra.compare(["A", "B"], ["A"]), "stronger");
  assert.is(environment.compare(["A=1", "B=2"], ["B=2", "A=1"]), "different");
});
