import { shippedRoot } from "../../runner/load/data-root.ts";
import { loadPolicies } from "../../runner/load/load-policies.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { validateConfig } from "../../src/oci/validate.ts";
import { absent } from "../../src/policy/order.ts";
import { families } from "../../src/policy/posture/families.ts";
import { intents, wishesOf } from "../../src/policy/posture/intents.ts";
import { mappingOf } from "../../src/policy/posture/mappings.ts";
import { isAlike, mergeRows } from "../../src/policy/posture/merge-rows.ts";
import { postureOf, type Row, type SystemPosture, sectionsOf } from "../../src/policy/posture/posture.ts";
import { policyReference, systemReference } from "../../src/policy/posture/reference.ts";
import { type WishName, wishes } from "../../src/policy/posture/wishes.ts";
import { wordsOf } from "../../src/policy/posture/words.ts";
import { judgePolicy, type Policy } from "../../src/policy/read-policy.ts";
import { rules } from "../../src/policy/rules.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { systems } from "../../src/systems/registry.ts";
import type { System } from "../../src/systems/system.ts";
import { assert, test } from "../suite.ts";

const names: readonly WishName[] = wishes.map(({ name }) => name);
const [hermetic = { name: "", title: "", wishes: [] }] = intents;
const policies = loadPolicies(shippedRoot);

function made(system: System, on: readonly WishName[], judging: readonly Policy[] = []): SystemPosture {
  const wanted = wishesOf({ name: "test", title: "", wishes: on });
  return postureOf(system, wanted, judging, memoryHost());
}

test("every rule stands in one family, and every family has rules that exist", () => {
  const placed = families.flatMap((family) => family.rules);
  assert.equal([...placed].sort(), rules.map(({ id }) => id).sort());
});

test("intents wish only for what there is, and each is named once", () => {
  assert.is(new Set(intents.map(({ name }) => name)).size, intents.length);
  for (const intent of intents)
    assert.ok(
      intent.wishes.every((name) => names.includes(name)),
      intent.name,
    );
  assert.equal(wishesOf(hermetic, ["root"], ["shell"]).root, true);
  assert.equal(wishesOf(hermetic, ["root"], ["shell"]).shell, false);
});

for (const system of systems) {
  const { fixed, ask } = mappingOf(system.name);

  test(`${system.name} grants each wish exactly where nothing is said to fix it, by its config`, () => {
    for (const name of names) {
      for (const others of [[], names.filter((each) => each !== name)]) {
        for (const wished of [false, true]) {
          const { answers } = made(system, wished ? [...others, name] : others);
          const answer = answers.find(({ wish }) => wish === name);
          // A root file system that can be written to is a place for results, wished for or not.
          const root = answers.find(({ wish }) => wish === "read-only-root");
          const implied = name === "output" && root?.granted === false;
          const wanted = fixed[name] === undefined ? wished || implied : fixed[name].is === "always";
          assert.is(answer?.granted, wanted, `${name} ${wished ? "wished" : "not wished"}`);
        }
      }
    }
  });

  test(`${system.name} is asked differently for every wish that it decides`, () => {
    const text = (on: readonly WishName[]): string => {
      const { request, options } = ask(wishesOf({ name: "test", title: "", wishes: on }));
      return printCompact([request, options]);
    };
    for (const name of names.filter((each) => fixed[each] === undefined)) {
      assert.is.not(text([]), text([name]), name);
    }
  });

  test(`${system.name} makes valid configs of all intents`, () => {
    for (const intent of intents) {
      const { config } = made(system, intent.wishes);
      const errors = validateConfig(config as unknown as Json).filter(({ level }) => level === "error");
      assert.equal(errors, [], intent.name);
    }
  });
}

test("the table holds every promise of every system once, and merging loses none", () => {
  const all = systems.map((system) => made(system, hermetic.wishes));
  const rows = sectionsOf(all, undefined).flatMap((section) => section.rows);
  for (const [index, { name, promises }] of all.entries()) {
    for (const { rule, subject, value } of promises) {
      const own = rows.filter((row) => row.rule === rule && row.subjects.includes(subject));
      assert.is(own.length, 1, `${name}: ${rule} ${subject}`);
      assert.equal(own[0]?.cells[index]?.value, value);
    }
    const absences = rows.filter((row) => row.cells[index]?.value === absent).length;
    assert.is(rows.length, promises.length + absences);
  }
  const keys = (list: readonly Row[]): readonly string[] =>
    list.flatMap((row) => row.subjects.map((subject) => `${row.rule} ${subject}`)).sort();
  assert.equal(keys(mergeRows(rows)), keys(rows));
  assert.ok(mergeRows(rows).length < rows.length);
});

test("a cell is marked exactly where a policy's judgement names its rule", () => {
  for (const intent of intents) {
    const all = systems.map((system) => made(system, intent.wishes));
    for (const policy of policies) {
      const rows = sectionsOf(all, policyReference(policy)).flatMap((section) => section.rows);
      for (const [index, { name, promises }] of all.entries()) {
        const lacking = judgePolicy(policy, promises).filter(({ holds }) => !holds);
        const marked = rows.filter((row) => row.cells[index]?.relation !== undefined);
        const place = `${intent.name} ${policy.name} ${name}`;
        assert.equal(
          [...new Set(marked.map(({ rule }) => rule))].sort(),
          [...new Set(lacking.map(({ rule }) => rule))].sort(),
          place,
        );
        assert.ok(
          marked.every(({ asked }) => asked),
          place,
        );
      }
    }
  }
});

test("held against a system, its own column has no mark and others have the rules' comparison", () => {
  const [first, second] = systems.map((system) => made(system, hermetic.wishes));
  if (first === undefined || second === undefined) throw new Error("two systems are needed");
  const rows = sectionsOf([first, second], systemReference(first.name, first.promises)).flatMap((each) => each.rows);
  assert.ok(rows.every(({ cells }) => cells[0]?.relation === undefined));
  const user = rows.find(({ subjects }) => subjects.includes("namespace:user"));
  assert.equal(
    user?.cells.map(({ relation }) => relation),
    [undefined, "weaker"],
  );
});

test("rows are alike where all that speak say the same; a mount that some lack is a difference", () => {
  const cell = (value: Json) => ({ value, words: wordsOf("x", "x", value), relation: undefined });
  const row = (rule: string, ...values: readonly Json[]): Row => {
    return { rule, subjects: ["bind:/x"], asked: false, cells: values.map(cell) };
  };
  assert.is(isAlike(row("writes", "a", "a")), true);
  assert.is(isAlike(row("writes", "a", absent)), true);
  assert.is(isAlike(row("mounts", "a", absent)), false);
  assert.is(isAlike(row("writes", "a", "b", absent)), false);
  assert.is(isAlike(row("writes", "a")), false);
});

test("values are told in words that do not depend on the names a system gives", () => {
  const said = (rule: string, subject: string, value: Json): string => wordsOf(rule, subject, value).text;
  assert.is(said("host-name", "host-name", { name: "localhost" }), said("host-name", "host-name", { name: "builder" }));
  assert.is(
    said("id-map", "id-map:uid", [
      [0, 1000, 1],
      [1, 100000, 65536],
    ]),
    "0 is 1000, 1-65536 is 100000-165535",
  );
  assert.is(said("writes", "write:/out", { access: "writable", source: "scratch/X" }), "writable, in the bundle");
  assert.is(said("writes", "write:/out", { access: "writable", source: "/srv/x" }), "writable, on the host");
  assert.is(said("bind-source", "bind:/sys", { source: "/sys" }), "host, same path");
  assert.is(
    said("mounts", "mount:/tmp", { type: "tmpfs", flags: ["nosuid", "rw"], size: 67108864, mode: "1777" }),
    "tmpfs nosuid 64M 1777",
  );
  assert.is(said("mounts", "mount:/tmp", absent), "not there");
  assert.is(said("any", "any", true), "yes");
  assert.is(said("any", "any", { joined: "/x" }), "joined /x");
  assert.is(said("any", "any", { a: 1, b: "c" }), "a 1, b c");
  assert.equal(wordsOf("any", "any", ["a".repeat(20), "b".repeat(20)]), {
    text: "2",
    list: ["a".repeat(20), "b".repeat(20)],
  });
});
