/** The layers of a case on a real config, made wrong in one way at a time. */
import type { Json } from "../../src/json/value.ts";
import { type Policy, readPolicy } from "../../src/policy/read-policy.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { checkCase, judgeCase, scheduleCase } from "../../src/suite/check-case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { perform } from "../../src/suite/perform.ts";
import { findSystem } from "../../src/systems/registry.ts";
import { assert, test } from "../suite.ts";
import { placedCase } from "./placed-case.ts";
import { refused } from "./refused.ts";

const { example, operations } = findSystem("snix");
const configCase = placedCase({ ...example, operation: "config" });
const config = configOf(configCase);
const value = { expect: { value: config } };

/** A policy of two conditions; both hold for the config, and neither does once it is turned round. */
function policy(word: "is" | "none"): Policy {
  const promises = promisesOf(config as never).slice(0, 2);
  const requires = promises.map((each) => ({ rule: each.rule, where: each.subject, [word]: each.value }));
  return readPolicy(JSON.stringify({ name: word === "is" ? "kept" : "broken", why: "w", requires }), "p.json");
}

const policies = [policy("is"), policy("none")];

function configOf(c: PlacedCase): Json {
  const operation = operations["config"];
  assert.ok(operation);
  const outcome = perform(c, operation);
  assert.ok("value" in outcome);
  return outcome.value;
}

function verdicts(checks: readonly CheckEvent[]): { readonly [id: string]: string } {
  return Object.fromEntries(checks.map(({ id, verdict }) => [id.slice(id.indexOf("#")), verdict]));
}

test("a config has the layers golden, schema and policy, and the schedule knows them beforehand", () => {
  const c = { ...configCase, ...value, holds: ["kept"], lacks: ["broken"] };
  const ids = ["#golden", "#schema", "#policy/kept/0", "#policy/kept/1", "#policy/broken/lacks"];
  assert.equal(
    scheduleCase(c, policies),
    ids.map((id) => `snix/area/one${id}`),
  );
  const checks = checkCase(c, undefined, policies);
  assert.equal(
    checks.map(({ id }) => id),
    scheduleCase(c, policies),
  );
  assert.equal(verdicts(checks), Object.fromEntries(ids.map((id) => [id, "pass"])));
});

test("only a config has more than its golden", () => {
  assert.equal(scheduleCase(placedCase({ operation: "scratchName" }), []), ["snix/area/one#golden"]);
  assert.equal(scheduleCase({ ...configCase, expect: { rejects: "x" } }, []), ["snix/area/one#golden"]);
});

test("a condition that does not hold fails with what was wanted and promised; a policy that is not lacked fails once", () => {
  const c = { ...configCase, ...value, holds: ["broken"], lacks: ["kept"] };
  const checks = checkCase(c, undefined, policies);
  assert.equal(verdicts(checks), {
    "#golden": "pass",
    "#schema": "pass",
    "#policy/broken/0": "fail",
    "#policy/broken/1": "fail",
    "#policy/kept/lacks": "fail",
  });
  const { code, promised, seen, at } = checks[2] ?? {};
  assert.is(code, "policy");
  assert.ok(promised !== undefined && seen !== undefined && at !== undefined);
  assert.is(checks[4]?.code, "policy-holds");
});

test("a finding that the case does not know fails the schema, and the policies wait behind it", () => {
  const c = { ...configCase, ...value, holds: ["kept"] };
  const outcome = { value: { ...(config as { [key: string]: Json }), surprise: true } };
  const checks = judgeCase(c, undefined, policies, outcome);
  assert.equal(verdicts(checks), {
    "#golden": "fail",
    "#schema": "fail",
    "#policy/kept/0": "skip",
    "#policy/kept/1": "skip",
  });
  assert.equal([checks[1]?.code, checks[1]?.at], ["unknown-key", "/surprise"]);
  assert.is(checks[2]?.reason, "blocked by snix/area/one#schema");
  const known = judgeCase({ ...c, invalid: ["unknown-key"] }, undefined, policies, outcome);
  assert.is(known[1]?.verdict, "pass");
});

test("a finding that the case promises and that is not there fails the schema", () => {
  const check = checkCase({ ...configCase, ...value, invalid: ["unknown-key"] }, undefined, [])[1];
  assert.equal([check?.verdict, check?.code], ["fail", "not-invalid"]);
});

test("a rejection where a config is expected fails the golden, and the rest waits behind it", () => {
  const c = { ...configCase, ...value, lacks: ["broken"] };
  const checks = judgeCase(c, undefined, policies, { rejects: "no", code: "c" });
  assert.equal(verdicts(checks), { "#golden": "fail", "#schema": "skip", "#policy/broken/lacks": "skip" });
  assert.is(checks[2]?.reason, "blocked by snix/area/one#golden");
});

test("a policy or an operation that does not exist is the user's error", () => {
  assert.is(refused(() => scheduleCase({ ...configCase, holds: ["x"] }, policies)).code, "unknown-policy");
  assert.is(refused(() => scheduleCase({ ...configCase, lacks: ["constructor"] }, policies)).code, "unknown-policy");
  assert.is(refused(() => checkCase(placedCase({ operation: "confg" }), undefined, [])).code, "unknown-operation");
  assert.is(refused(() => checkCase(placedCase({ system: "snx" }), undefined, [])).code, "unknown-system");
});

test("what is thrown and is no refusal makes every check of its case an error", () => {
  const given = [
    { path: "{{tmp}}/a", type: "file" },
    { path: "{{tmp}}/a/b", type: "dir" },
  ] as const;
  const checks = checkCase({ ...configCase, ...value, given, leaves: [] }, undefined, []);
  assert.equal(
    checks.map(({ verdict, code }) => [verdict, code]),
    [
      ["error", "threw"],
      ["error", "threw"],
    ],
  );
  assert.match(String(checks[0]?.reason), /ENOTDIR/);
});

const copies = { system: "metalor", area: "area", fullId: "metalor/area/one", operation: "finalize" };
const deviating = placedCase({
  ...copies,
  request: {
    spec: {
      root: "{{tmp}}/root",
      scratch: "{{tmp}}/scratch",
      workspacePath: "/w",
      workspaceSeed: "Empty",
      caches: [{ source: "{{tmp}}/cache", destination: "/cache" }],
      command: { cwd: "/", executable: "/bin/true" },
      cleanup: "Never",
    },
    commandSucceeded: true,
  },
  given: [{ path: "{{tmp}}/scratch/caches/0", type: "symlink", target: "/etc" }],
  expect: { value: { scratchPreserved: true } },
  deviates: { why: "so that nobody is led astray" },
});

test("a case that deviates is never passed, and says why", () => {
  const [check] = checkCase(deviating, undefined, []);
  assert.equal([check?.verdict, check?.code], ["skip", "deviates"]);
  assert.match(check?.reason ?? "", /so that nobody is led astray/);
});

test("a case that deviates still has to decide as upstream does", () => {
  const [check] = checkCase({ ...deviating, expect: { value: { scratchPreserved: false } } }, undefined, []);
  assert.is(check?.verdict, "fail");
});

test("a case that says it deviates, and where nothing is refused, fails", () => {
  const given = [{ path: "{{tmp}}/scratch/caches/0", type: "dir" as const }];
  const [check] = checkCase({ ...deviating, given }, undefined, []);
  assert.equal([check?.verdict, check?.code], ["fail", "no-deviation"]);
});

test("a refusal for safety is no verdict on a case that says nothing of it", () => {
  const { deviates, ...honest } = deviating;
  assert.ok(deviates);
  const [check] = judgeCase(honest, undefined, [], { refused: "no" });
  assert.equal([check?.verdict, check?.code], ["error", "refused-for-safety"]);
  assert.is(judgeCase(deviating, undefined, [], { refused: "no" })[0]?.code, "deviates");
});

test("what makes namespaces is left to cupel run", () => {
  const c = placedCase({ ...copies, operation: "command", request: {}, options: { mount: "real" } });
  const [check] = checkCase(c, undefined, []);
  assert.equal([check?.verdict, check?.code], ["skip", "needs-jail"]);
});
