import type { JsonObject } from "../../../src/json/value.ts";
import { shell } from "../../../src/policy/rules/shell.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const bind = (destination: string): JsonObject => ({ destination, source: "x", options: ["rbind", "ro"] });
const provided = configWith({ mounts: [bind("/bin/sh")] });
const not = configWith();
const subject = "shell:/bin/sh";

test("a shell is provided by a mount on it, or perhaps by one above it", () => {
  assert.is(valueIn(shell, provided, subject), "provided");
  assert.is(valueIn(shell, not, subject), "not-provided");
  assert.is(valueIn(shell, configWith({ mounts: [bind("/bin")] }), subject), "by-mount");
  assert.is(valueIn(shell, configWith({ mounts: [bind("/bin/sh"), bind("/bin")] }), subject), "by-mount");
  assert.equal(asked(shell, configWith({ mounts: [bind("/bin")] }), subject), []);
});

test("a provided shell runs", () => {
  const is = (answer: Parameters<typeof verdict>[3][string]): string =>
    verdict(shell, provided, subject, { "cell shell /bin/sh": answer });
  assert.is(is("0 cupel"), "holds");
  assert.is(is("0 "), "violated");
  assert.is(is("127 not found"), "violated");
  assert.is(is(missing), "violated");
  assert.is(is(unable), "not-observable");
});

test("a shell that is not provided is not there at all", () => {
  const is = (answer: Parameters<typeof verdict>[3][string]): string =>
    verdict(shell, not, subject, { "cell call access-execute /bin/sh": answer });
  assert.is(is(-2), "holds");
  assert.is(is(-20), "holds");
  assert.is(is(0), "violated");
  assert.is(is(-13), "not-observable");
  assert.is(is(missing), "not-observable");
  assert.is(is(unable), "not-observable");
});
