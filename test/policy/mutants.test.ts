import { readFileSync } from "node:fs";
import { join } from "node:path";
import { matchesGlob } from "../../src/glob.ts";
import { equalJson } from "../../src/json/equal.ts";
import type { Config } from "../../src/oci/config.ts";
import { killedStatically, readMutants } from "../../src/policy/mutant.ts";
import { applyPatch } from "../../src/policy/patch.ts";
import { promisesOf, rules } from "../../src/policy/rules.ts";
import { filesBelow, root } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";
import { samples } from "./samples.ts";

const mutants = filesBelow("mutants").flatMap((file) => readMutants(readFileSync(join(root, file), "utf8"), file));

test("no two mutants share an id", () => {
  assert.is(new Set(mutants.map(({ id }) => id)).size, mutants.length);
});

test("every rule has a mutant", () => {
  const without = rules.filter(({ id }) => !mutants.some(({ rule }) => rule === id)).map(({ id }) => id);
  assert.equal(without, []);
});

for (const mutant of mutants) {
  test(`${mutant.rule} notices ${mutant.id}`, () => {
    const changed = samples
      .map(({ name, config }) => ({ name, config, after: applyPatch(config, mutant.patch) }))
      .filter(({ config, after }) => !equalJson(config, after));
    assert.ok(changed.length > 0, "the patch changes no sample");
    const killed = changed.filter(
      ({ config, after }) => killedStatically(mutant, config as unknown as Config, after as unknown as Config).killed,
    );
    assert.ok(killed.length > 0, `changed but not noticed: ${changed.map(({ name }) => name).join(", ")}`);
  });
}

test("a mutant means subjects that its rule has", () => {
  const promises = samples.flatMap(({ config }) => promisesOf(config as unknown as Config));
  for (const { id, rule, weakens } of mutants) {
    const own = promises.some((each) => each.rule === rule && matchesGlob(weakens, each.subject));
    assert.ok(own, id);
  }
});

test("every namespace has a mutant of its own", () => {
  const meant = mutants.filter(({ rule }) => rule === "namespaces").map(({ weakens }) => weakens);
  assert.equal(
    meant.sort(),
    ["cgroup", "ipc", "mount", "network", "pid", "time", "user", "uts"].map((type) => `namespace:${type}`),
  );
});

test("a config that did not change kills nothing", () => {
  const [sample] = samples;
  const config = sample?.config as unknown as Config;
  for (const mutant of mutants) assert.equal(killedStatically(mutant, config, config), { killed: false, affected: [] });
});

test("what a mutant affected is named, even where it is no weaker", () => {
  const [mutant] = mutants.filter(({ id }) => id === "shares-pid-namespace");
  if (mutant === undefined) throw new Error("no such mutant");
  const shared = { ociVersion: "1.0.2" };
  const own = { ociVersion: "1.0.2", linux: { namespaces: [{ type: "pid" }] } };
  assert.equal(killedStatically(mutant, own, shared), { killed: true, affected: ["namespace:pid"] });
  assert.equal(killedStatically(mutant, shared, own), { killed: false, affected: ["namespace:pid"] });
});

test("a file of mutants is refused for an unknown rule, a key too many, and an id that stands twice", () => {
  const file = (mutant: object, more: readonly object[] = []): string => JSON.stringify({ mutants: [mutant, ...more] });
  const good = { id: "a", rule: "mounts", weakens: "mount:/a", why: "so", patch: [{ op: "remove", at: "/mounts" }] };
  assert.is(readMutants(file(good), "m.json").length, 1);
  for (const text of [
    file({ ...good, rule: "mount" }),
    file({ ...good, extra: 1 }),
    file({ ...good, patch: [] }),
    file({ ...good, patch: [{ op: "move", at: "/mounts" }] }),
    file({ ...good, patch: [{ op: "remove", at: "mounts" }] }),
    file({ ...good, id: "A b" }),
    file(good, [good]),
    '{"mutants":[{"id":"a","rule":"mounts","weakens":"x","why":"so","patch":[{"op":"remove","at":"/x","where":{"__proto__":1}}]}]}',
  ]) {
    assert.throws(
      () => readMutants(text, "m.json"),
      (error: unknown) => /m\.json/.test((error as Error).message),
      text,
    );
  }
});
