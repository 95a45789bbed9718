import type { CupelError } from "../../src/errors.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { judgePolicy, type Policy, readPolicy } from "../../src/policy/read-policy.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { assert, test } from "../suite.ts";
import { configWith } from "./fake-answers.ts";

function policyOf(...requires: readonly JsonObject[]): Policy {
  return readPolicy(JSON.stringify({ name: "p", why: "so", requires }), "p.json");
}

/** Whether a config with the small one's promises meets one condition. */
function meets(condition: JsonObject, config: Config = configWith()): boolean | undefined {
  return judgePolicy(policyOf(condition), promisesOf(config))[0]?.holds;
}

const pid = { rule: "namespaces", where: "namespace:pid" };

test("is wants the value, of every subject that is meant", () => {
  assert.is(meets({ ...pid, is: "private" }), true);
  assert.is(meets({ ...pid, is: "shared" }), false);
  assert.is(meets({ rule: "namespaces", is: "private" }), false);
  assert.is(meets({ rule: "network", is: "off" }), true);
  assert.is(meets({ rule: "no-new-privileges", is: false }), true);
});

test("subsetOf wants no other entries", () => {
  const config = configWith({ process: { user: { uid: 0 }, capabilities: { bounding: ["CAP_KILL"] } } });
  assert.is(meets({ rule: "capabilities", subsetOf: ["CAP_KILL", "CAP_CHOWN"] }, config), true);
  assert.is(meets({ rule: "capabilities", subsetOf: ["CAP_CHOWN"] }, config), false);
  assert.is(meets({ ...pid, subsetOf: ["private"] }), false);
});

test("atMost wants nothing that isolates less, by the rule's own comparison", () => {
  const config = configWith({ process: { rlimits: [{ type: "RLIMIT_NOFILE", soft: 10, hard: 10 }] } });
  const limit = (hard: number): Json => ({ soft: 10, hard });
  const nofile = { rule: "rlimits", where: "rlimit:RLIMIT_NOFILE" };
  assert.is(meets({ ...nofile, atMost: limit(10) }, config), true);
  assert.is(meets({ ...nofile, atMost: limit(20) }, config), true);
  assert.is(meets({ ...nofile, atMost: limit(9) }, config), false);
  assert.is(meets({ ...nofile, atMost: limit(9) }), false);
});

test("none wants no such value", () => {
  assert.is(meets({ rule: "host-name", none: "inherited" }), false);
  assert.is(meets({ rule: "host-name", none: "inherited" }, configWith({ hostname: "x" })), true);
});

test("a subject that is not there meets only what its absence means", () => {
  const absent = { rule: "writes", where: "write:/etc" };
  assert.is(meets({ ...absent, is: "read-only" }), false);
  assert.is(meets({ ...absent, subsetOf: [] }), false);
  assert.is(meets({ ...absent, none: "writable" }), true);
  assert.is(meets({ ...absent, atMost: "read-only" }), true);
  const mounts = [{ destination: "/etc/hosts", source: "hosts", options: ["bind"] }];
  assert.is(meets({ ...absent, atMost: "read-only" }, configWith({ mounts })), false);
  assert.is(meets({ rule: "masked-paths", where: "masked:/own", atMost: "masked" }), false);
  assert.is(meets({ rule: "namespaces", where: "namespace:pidd", atMost: "private" }), false);
});

test("the first promise that breaks a condition is named", () => {
  const [judged] = judgePolicy(policyOf({ rule: "namespaces", is: "private" }), promisesOf(configWith()));
  assert.equal(judged, {
    holds: false,
    rule: "namespaces",
    subject: "namespace:user",
    promised: "shared",
    wanted: { is: "private" },
    at: "/linux/namespaces",
  });
});

test("a rule that does not exist is answered with the nearest", () => {
  assert.throws(
    () => policyOf({ rule: "namespces", is: "private" }),
    (error: unknown) => /the nearest is namespaces;/.test((error as CupelError).hint ?? ""),
  );
});

test("a policy is refused for an unknown rule, and for none or two conditions in one", () => {
  for (const condition of [
    { rule: "namespace", is: "private" },
    { rule: "namespaces" },
    { rule: "namespaces", is: "private", none: "shared" },
    { rule: "namespaces", is: "private", extra: 1 },
    { is: "private" },
  ]) {
    assert.throws(
      () => policyOf(condition),
      (error: unknown) => /^p\.json/.test((error as Error).message),
      JSON.stringify(condition),
    );
  }
});
