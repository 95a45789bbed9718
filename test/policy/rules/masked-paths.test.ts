import type { Answer } from "../../../src/policy/answer.ts";
import { maskedPaths } from "../../../src/policy/rules/masked-paths.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, missing, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const config = configWith({ linux: { maskedPaths: ["/proc/keys", "/sys/firmware/", "/own/secret"] } });
const isnt = mountLines(["/proc"]);

const on = (
  path: string,
  stat: string | Answer,
  read: string | Answer,
  list: string | Answer,
  table: string | Answer,
  exists = 0,
  host: string | Answer = missing,
): string =>
  verdict(maskedPaths, config, `masked:${path}`, {
    [`cell stat ${path}`]: stat,
    [`cell list ${path}`]: list,
    ...(path === "/own/secret" ? {} : { [`cell read ${path}`]: read }),
    [`cell call access-exist ${path}`]: exists,
    [`host stat ${path}`]: host,
    "cell mounts": table,
  });
const file = (stat: string | Answer, read: string | Answer, table: string | Answer): string =>
  on("/proc/keys", stat, read, missing, table);
const directory = (list: string | Answer, table: string | Answer): string =>
  on("/sys/firmware", "dir 755 0 0 5 1 0 0:0", missing, list, table);
const masked = mountLines(["/proc"], ["/proc/keys"], ["/sys"], ["/sys/firmware"], ["/own/secret"]);
const plain = "file 444 0 0 5 1 0 0:0";
const nothing = "char 666 0 0 6 5 0 1:3";

test("every sensitive path and every configured one has a value", () => {
  assert.is(valueIn(maskedPaths, config, "masked:/proc/keys"), "masked");
  assert.is(valueIn(maskedPaths, config, "masked:/sys/firmware"), "masked");
  assert.is(valueIn(maskedPaths, config, "masked:/own/secret"), "masked");
  assert.is(valueIn(maskedPaths, config, "masked:/proc/kcore"), "exposed");
  assert.equal(asked(maskedPaths, config, "masked:/proc/kcore"), []);
});

test("a path beyond the usual ones is not read, since that may block", () => {
  assert.not.ok(asked(maskedPaths, config, "masked:/own/secret").includes("cell read /own/secret"));
  assert.ok(asked(maskedPaths, config, "masked:/proc/keys").includes("cell read /proc/keys"));
});

test("the null device masks", () => {
  assert.is(file(nothing, "", isnt), "holds");
  assert.is(file(nothing, missing, isnt), "holds");
  assert.is(file("char 666 0 0 6 5 0 1:5", "", masked), "violated");
  assert.is(on("/own/secret", nothing, "", missing, isnt), "holds");
});

test("an empty file masks when it is mounted there", () => {
  assert.is(file(plain, "", masked), "holds");
  assert.is(file(plain, "", isnt), "violated");
  assert.is(file(plain, "key", masked), "violated");
  assert.is(file(plain, "key", isnt), "violated");
  assert.is(file(plain, missing, masked), "not-observable");
});

test("an empty directory masks when it is mounted there", () => {
  assert.is(directory("", masked), "holds");
  assert.is(directory("acpi\n", masked), "violated");
  assert.is(directory("", isnt), "violated");
  assert.is(directory(missing, masked), "not-observable");
});

test("what is absent is not masked, unless the host has it", () => {
  assert.is(file(missing, missing, masked), "not-observable");
  assert.is(on("/proc/keys", missing, missing, missing, isnt, -2, plain), "holds");
  assert.is(on("/proc/keys", missing, missing, missing, isnt, -2, missing), "not-observable");
  assert.is(on("/proc/keys", missing, missing, missing, isnt, -13, plain), "not-observable");
  assert.is(file(plain, "", missing), "not-observable");
  assert.is(on("/own/secret", plain, "", missing, masked), "not-observable");
});

test("to expose is weaker, and what nobody speaks of is exposed", () => {
  assert.is(maskedPaths.compare("masked", "exposed"), "weaker");
  assert.is(maskedPaths.compare("masked", "absent"), "weaker");
  assert.is(maskedPaths.compare("exposed", "absent"), "same");
});
