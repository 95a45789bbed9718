import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../src/oci/config.ts";
import { readMutants } from "../../src/policy/mutant.ts";
import { applyPatch } from "../../src/policy/patch.ts";
import { judgePolicy, readPolicy } from "../../src/policy/read-policy.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { placeCases, readTable } from "../../src/suite/read-table.ts";
import { filesBelow, root } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";
import { samples } from "./samples.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const policies = filesBelow("policies").map((file) => ({ file, policy: readPolicy(read(file), file) }));
const cases = placeCases(filesBelow("cases").map((file) => ({ file, table: readTable(read(file), file) })));

/** `rule subject` of every condition that the golden of a case does not meet. */
function broken(policyName: string, caseId: string): readonly string[] {
  const policy = policies.find((each) => each.policy.name === policyName)?.policy;
  const sample = samples.find(({ name }) => name === caseId);
  if (policy === undefined || sample === undefined) throw new Error(`no ${policyName} or no golden of ${caseId}`);
  const judged = judgePolicy(policy, promisesOf(sample.config as unknown as Config));
  return judged.flatMap(({ holds, rule, subject }) => (holds ? [] : [`${rule} ${subject}`]));
}

test("a policy's name is its file's, and it and each of its conditions say why", () => {
  assert.ok(policies.length > 0);
  for (const { file, policy } of policies) {
    assert.is(file, `policies/${policy.name}.json`);
    for (const { why = "", rule } of [policy, ...policy.requires].map((each) => ({ rule: "", ...each }))) {
      assert.match(why, /^[A-Z].{10,}\.$/s, `${policy.name} ${rule}`);
    }
  }
});

test("no condition of a policy stands twice", () => {
  for (const { policy } of policies) {
    const conditions = policy.requires.map(({ rule, where }) => `${rule} ${where}`);
    assert.is(new Set(conditions).size, conditions.length, policy.name);
  }
});

test("a config that says nothing meets no condition that is about something every config has", () => {
  const bare = promisesOf({ ociVersion: "1.0.2" });
  for (const { policy } of policies) {
    const met = judgePolicy(policy, bare).filter(({ holds }) => holds);
    // What the empty config lacks (capabilities, binds) it cannot do harm with.
    const harmless = ["bind-source", "capabilities", "capability-use", "writes"];
    assert.equal(
      met.filter(({ rule }) => !harmless.includes(rule)),
      [],
      policy.name,
    );
  }
});

test("the table shows for each policy a golden that holds it and one that lacks it", () => {
  for (const { policy } of policies) {
    const holding = cases.filter(({ holds = [] }) => holds.includes(policy.name));
    const lacking = cases.filter(({ lacks = [] }) => lacks.includes(policy.name));
    assert.ok(holding.length > 0 && lacking.length > 0, policy.name);
    for (const { fullId } of holding) assert.equal(broken(policy.name, fullId), [], fullId);
    for (const { fullId } of lacking) assert.ok(broken(policy.name, fullId).length > 0, fullId);
  }
});

/** What the table says of the policies, and for which reason. */
const reasons: readonly (readonly [policy: string, caseId: string, broken: readonly string[]])[] = [
  ["hermetic-build", "obuilder/network/off", []],
  ["hermetic-build", "obuilder/network/host", ["network network:interfaces"]],
  ["hermetic-build", "obuilder/mounts/writable", ["writes write:/home/opam/.opam/download-cache"]],
  ["hermetic-build", "obuilder/mounts/read-only", []],
  ["hermetic-build", "snix/rootless/nix-build", []],
  ["hermetic-build", "snix/network/granted", ["network network:interfaces"]],
  ["hermetic-build", "snix/mounts/read-only-path", ["bind-source bind:/dev/kvm"]],
  ["offline", "obuilder/mounts/writable", []],
  ["offline", "snix/network/granted", ["network network:interfaces"]],
  ["no-host-writes", "obuilder/network/host", []],
  ["no-host-writes", "obuilder/mounts/writable", ["writes write:/home/opam/.opam/download-cache"]],
  ["no-host-writes", "snix/exports/written", []],
  ["no-host-writes", "snix/mounts/read-only-path", ["bind-source bind:/dev/kvm"]],
  ["unprivileged-build", "snix/rootless/nix-build", []],
  ["unprivileged-build", "snix/identity/root", ["id-map id-map:uid", "id-map id-map:gid"]],
  [
    "unprivileged-build",
    "snix/rootless/nix-build-privileged",
    ["namespaces namespace:user", "id-map id-map:uid", "id-map id-map:gid"],
  ],
  [
    "unprivileged-build",
    "obuilder/identity/non-root",
    ["namespaces namespace:user", "id-map id-map:uid", "id-map id-map:gid", "no-new-privileges no-new-privileges"],
  ],
];

test("a golden lacks a policy for the reason that its case is about, and for no other", () => {
  for (const [policy, caseId, expected] of reasons) {
    assert.equal(broken(policy, caseId), expected, `${policy} ${caseId}`);
  }
});

test("every condition is broken by some golden or some mutant of one, so none stands there for show", () => {
  const mutants = filesBelow("mutants").flatMap((file) => readMutants(read(file), file));
  const weakened = samples
    .filter(({ name }) => ["snix/rootless/nix-build", "obuilder/network/off"].includes(name))
    .flatMap(({ config }) => mutants.map(({ patch }) => applyPatch(config, patch)));
  const promises = [...samples.map(({ config }) => config), ...weakened].map((config) =>
    promisesOf(config as unknown as Config),
  );
  for (const { policy } of policies) {
    const judged = promises.map((each) => judgePolicy(policy, each));
    const idle = policy.requires.filter((_, index) => judged.every((each) => each[index]?.holds === true));
    assert.equal(
      idle.map(({ rule, where }) => `${rule} ${where}`),
      [],
      policy.name,
    );
  }
});
