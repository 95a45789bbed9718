import { equalJson } from "../../src/json/equal.ts";
import { mergePatch } from "../../src/json/merge-patch.ts";
import type { Json } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import type { Answer, Answers } from "../../src/policy/answer.ts";
import { diffPromises } from "../../src/policy/diff.ts";
import { absent } from "../../src/policy/order.ts";
import type { Question } from "../../src/policy/question.ts";
import { questionLine } from "../../src/policy/question-line.ts";
import type { Promised, Rule } from "../../src/policy/rule.ts";
import { findRule, promisesOf, rules } from "../../src/policy/rules.ts";
import { filesBelow } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";
import { facts, missing, unable } from "./fake-answers.ts";
import { samples } from "./samples.ts";

const bare: Config = { ociVersion: "1.0.2" };
const configs = [bare, ...samples.map(({ config }) => config as unknown as Config)];

/** Every promise of every sample, once for each value. */
function promisesOfRule(rule: Rule): readonly Promised[] {
  const known = promisesByRule.get(rule) ?? findPromises(rule);
  promisesByRule.set(rule, known);
  return known;
}

const promisesByRule = new Map<Rule, readonly Promised[]>();

function findPromises(rule: Rule): readonly Promised[] {
  const found = new Map<string, Promised>();
  for (const config of configs) {
    for (const promised of [...rule.promises(config), ...(rule.ofCell?.(facts) ?? [])]) {
      found.set(`${promised.subject} ${JSON.stringify(promised.value)}`, promised);
    }
  }
  return [...found.values()];
}

/** Gives the same answer to everything that was asked. */
function sameAnswer(answer: Answer, questions: readonly Question[]): Answers {
  const lines = questions.map(questionLine);
  return {
    get(question: Question): Answer {
      if (!lines.includes(questionLine(question))) throw new Error(`not asked: ${questionLine(question)}`);
      return answer;
    },
  };
}

test("every file of rules is listed, once, with an id that is the file's name", () => {
  const files = filesBelow("src/policy/rules").map((path) => path.slice("src/policy/rules/".length, -".ts".length));
  assert.equal(rules.map(({ id }) => id).sort(), [...files].sort());
});

test("every rule says what it is, why, and on whose word", () => {
  for (const { id, title, why, refs, level } of rules) {
    assert.match(id, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(title.length > 10 && why.length > 20, id);
    assert.not.match(title, /\.$/, id);
    assert.match(why, /\.$/, id);
    assert.ok(refs.length > 0 && refs.every((ref) => ref.length > 4), id);
    assert.ok(level === "must" || level === "should", id);
  }
});

test("a rule is found by its id, and a slip of the fingers is answered with the nearest", () => {
  assert.is(findRule("namespaces").id, "namespaces");
  for (const name of ["namespace", "constructor", ""]) {
    assert.throws(
      () => findRule(name),
      (error: unknown) => (error as { code: string }).code === "unknown-rule",
    );
  }
  assert.throws(
    () => findRule("namspaces"),
    (error: unknown) => /nearest is namespaces/.test(String((error as { hint: string }).hint)),
  );
});

test("promises carry their rule's id, a pointer, and no subject twice", () => {
  for (const config of configs) {
    const keys = promisesOf(config).map(({ rule, subject }) => `${rule} ${subject}`);
    assert.is(new Set(keys).size, keys.length);
    for (const { rule, at } of promisesOf(config)) {
      assert.ok(rules.some(({ id }) => id === rule));
      assert.match(at, /^(\/[^/]+)*$/);
    }
  }
});

test("a config that says nothing promises something about every subject that is there for all", () => {
  const subjects = (config: Config): readonly string[] =>
    promisesOf(config).map(({ rule, subject }) => `${rule} ${subject}`);
  const always = subjects(bare);
  assert.ok(always.length > 60);
  for (const config of configs) {
    const own = new Set(subjects(config));
    for (const each of always) assert.ok(own.has(each), each);
  }
});

test("a config that says nothing isolates in nothing", () => {
  const value = (rule: string, subject: string): Json | undefined =>
    promisesOf(bare).find((each) => each.rule === rule && each.subject === subject)?.value;
  assert.is(value("namespaces", "namespace:network"), "shared");
  assert.is(value("network", "network:interfaces"), "on");
  assert.is(value("visibility", "visibility:processes"), "seen");
  assert.is(value("seccomp", "seccomp:mode"), "none");
  assert.is(value("no-new-privileges", "no-new-privileges"), false);
  assert.is(value("root-file-system", "root"), "writable");
  assert.is(value("masked-paths", "masked:/proc/kcore"), "exposed");
  assert.is(value("readonly-paths", "readonly:/proc/sys"), "writable");
  assert.is(value("host-name", "host-name"), "inherited");
  assert.is(value("rlimits", "rlimit:RLIMIT_NOFILE"), "inherited");
  assert.is(value("shell", "shell:/bin/sh"), "not-provided");
});

test("comparing is the same for equal values, and its own mirror for others", () => {
  const mirror = { same: "same", weaker: "stronger", stronger: "weaker", different: "different" } as const;
  for (const rule of rules) {
    const bySubject = new Map<string, Json[]>();
    for (const { subject, value } of promisesOfRule(rule)) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), value]);
    }
    for (const [subject, all] of bySubject) {
      for (const a of [...all, absent]) {
        for (const b of [...all, absent]) {
          const place = `${rule.id} ${subject} ${JSON.stringify(a)} ${JSON.stringify(b)}`;
          const there = rule.compare(a, b);
          assert.is(rule.compare(b, a), mirror[there], place);
          if (equalJson(a, b)) assert.is(there, "same", place);
          if (rule.kind === "functional") assert.ok(there === "same" || there === "different", place);
        }
      }
    }
  }
});

test("nothing holds where every answer failed", () => {
  for (const rule of rules) {
    for (const promised of promisesOfRule(rule)) {
      const questions = rule.ask(promised, facts);
      if (questions.length === 0) continue;
      const { is } = rule.judge(promised, sameAnswer(missing, questions), facts);
      assert.is.not(is, "holds", `${rule.id} ${promised.subject} ${JSON.stringify(promised.value)}`);
    }
  }
});

test("nothing holds and nothing is violated where nothing can be answered", () => {
  for (const rule of rules) {
    for (const promised of promisesOfRule(rule)) {
      const questions = rule.ask(promised, facts);
      if (questions.length === 0) continue;
      const { is } = rule.judge(promised, sameAnswer(unable, questions), facts);
      assert.ok(is === "not-observable" || is === "broken", `${rule.id} ${promised.subject}: ${is}`);
    }
  }
});

test("an answer of another form than its question never makes anything hold", () => {
  for (const rule of rules) {
    for (const promised of promisesOfRule(rule)) {
      const questions = rule.ask(promised, facts);
      const calls = questions.length > 0 && questions.every(({ ask }) => ask === "call");
      const texts = questions.length > 0 && questions.every(({ ask }) => ask !== "call");
      const place = `${rule.id} ${promised.subject} ${JSON.stringify(promised.value)}`;
      if (calls) assert.is.not(rule.judge(promised, sameAnswer({ text: "0" }, questions), facts).is, "holds", place);
      if (texts) assert.is.not(rule.judge(promised, sameAnswer({ result: 0 }, questions), facts).is, "holds", place);
    }
  }
});

test("every rule asks something of some sample", () => {
  for (const rule of rules) {
    assert.ok(
      promisesOfRule(rule).some((promised) => rule.ask(promised, facts).length > 0),
      rule.id,
    );
  }
});

test("questions about one promise are all different, and paths are absolute", () => {
  for (const rule of rules) {
    for (const promised of promisesOfRule(rule)) {
      const questions = rule.ask(promised, facts);
      assert.is(new Set(questions.map(questionLine)).size, questions.length, `${rule.id} ${promised.subject}`);
      for (const question of questions) if ("path" in question) assert.match(question.path, /^\//);
    }
  }
});

test("what differs between two configs is said once, by the rules that mean it", () => {
  const before = samples[0]?.config ?? null;
  const after = mergePatch(before, { root: { readonly: false }, process: { cwd: "/" } });
  const changes = diffPromises(promisesOf(before as unknown as Config), promisesOf(after as unknown as Config));
  assert.equal(changes, [
    { rule: "root-file-system", subject: "root", before: "read-only", after: "writable", comparison: "weaker" },
    { rule: "working-directory", subject: "cwd", before: "/out", after: "/", comparison: "different" },
  ]);
  assert.equal(diffPromises(promisesOf(before as unknown as Config), promisesOf(before as unknown as Config)), []);
});

test("a bind that comes is weaker, one that goes is stronger", () => {
  const before = promisesOf(bare);
  const after = promisesOf({
    ...bare,
    mounts: [{ destination: "/in", type: "bind", source: "/srv/in", options: ["bind"] }],
  });
  const words = (from: readonly Promised[], to: readonly Promised[], rule: string): readonly string[] =>
    diffPromises(from, to)
      .filter((change) => change.rule === rule)
      .map(({ comparison }) => comparison);
  for (const rule of ["bind-source", "writes", "unexpected-mounts"]) {
    assert.equal(words(before, after, rule), ["weaker"], rule);
    assert.equal(words(after, before, rule), ["stronger"], rule);
  }
});
