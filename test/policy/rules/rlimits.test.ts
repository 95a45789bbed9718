import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { rlimits } from "../../../src/policy/rules/rlimits.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const withLimit = (soft: Json, hard: Json): Config =>
  configWith({ process: { rlimits: [{ type: "RLIMIT_NOFILE", soft, hard }] } });
const config = withLimit(1024, 2048);
const nofile = "rlimit:RLIMIT_NOFILE";

const table = (soft: string, hard: string): Given => ({
  "cell limit n": missing,
  "cell read /proc/self/limits": [
    "Limit                     Soft Limit           Hard Limit           Units     ",
    "Max cpu time              unlimited            unlimited            seconds   ",
    `Max open files            ${soft.padEnd(20)} ${hard.padEnd(20)} files     `,
    "Max nice priority         0                    0                    ",
    "",
  ].join("\n"),
});

test("every limit has a value", () => {
  assert.equal(valueIn(rlimits, config, nofile), { soft: 1024, hard: 2048 });
  assert.is(valueIn(rlimits, config, "rlimit:RLIMIT_CPU"), "inherited");
  assert.equal(asked(rlimits, config, "rlimit:RLIMIT_CPU"), []);
});

test("the greatest number is no limit", () => {
  const most = 0xffff_ffff_ffff_ffffn;
  assert.equal(valueIn(rlimits, withLimit(1n, most), nofile), { soft: 1, hard: "unlimited" });
  assert.is(verdict(rlimits, withLimit(1024, most), nofile, table("1024", "unlimited")), "holds");
  assert.is(verdict(rlimits, withLimit(1024, most - 1n), nofile, table("1024", "18446744073709551614")), "holds");
});

test("both limits are in force, or the row says what is", () => {
  assert.is(verdict(rlimits, config, nofile, table("1024", "2048")), "holds");
  assert.equal(judge(rlimits, config, nofile, table("1024", "unlimited")), {
    is: "violated",
    seen: { soft: 1024, hard: "unlimited" },
  });
});

test("limits that are not shown tell nothing", () => {
  const silent = { "cell limit n": missing };
  assert.is(verdict(rlimits, config, nofile, { ...silent, "cell read /proc/self/limits": missing }), "not-observable");
  assert.is(verdict(rlimits, config, nofile, { ...silent, "cell read /proc/self/limits": "" }), "not-observable");
  const without = {
    ...silent,
    "cell read /proc/self/limits": "Max cpu time              1                    1          seconds\n",
  };
  assert.is(verdict(rlimits, config, nofile, without), "not-observable");
});

test("where the kernel has no table of limits the shell tells them, in its own units", () => {
  const by = (letter: string, text: string): Given => ({
    "cell read /proc/self/limits": missing,
    [`cell limit ${letter}`]: text,
  });
  assert.is(verdict(rlimits, config, nofile, by("n", "1024\n2048\n")), "holds");
  assert.is(verdict(rlimits, config, nofile, by("n", "1024\nunlimited\n")), "violated");
  assert.is(verdict(rlimits, config, nofile, by("n", "1024\n")), "not-observable");
  const memory = configWith({ process: { rlimits: [{ type: "RLIMIT_AS", soft: 1_050_000, hard: 2n ** 64n - 1n }] } });
  assert.is(verdict(rlimits, memory, "rlimit:RLIMIT_AS", by("v", "1025\nunlimited\n")), "holds");
  assert.is(verdict(rlimits, memory, "rlimit:RLIMIT_AS", by("v", "1026\nunlimited\n")), "violated");
});

test("a greater limit, or none, is weaker", () => {
  const at = (soft: Json, hard: Json): Json => ({ soft, hard });
  assert.is(rlimits.compare(at(1, 2), at(1, 3)), "weaker");
  assert.is(rlimits.compare(at(1, 2), at(1, "unlimited")), "weaker");
  assert.is(rlimits.compare(at(1, 2), at(2, 1)), "different");
  assert.is(rlimits.compare(at(1, 2), "inherited"), "weaker");
});
