import type { CheckEvent, Verdict } from "../../src/suite/event.ts";
import { exitCode, settle, tally } from "../../src/suite/tally.ts";
import { assert, test } from "../suite.ts";

function check(id: string, verdict: Verdict, known = false): CheckEvent {
  return { type: "check", id, verdict, ...(known ? { known: { kind: "upstream", reason: "r" } } : {}) };
}

function exit(verdicts: readonly Verdict[], extra: { known?: number; stale?: number } = {}): number {
  const known = Array.from({ length: extra.known ?? 0 }, (_, index) => check(`known${index}`, "fail", true));
  const checks = [...verdicts.map((verdict, index) => check(`${index}`, verdict)), ...known];
  const stale = Array.from(
    { length: extra.stale ?? 0 },
    (_, entry) => ({ type: "stale", file: "f", entry, check: "c" }) as const,
  );
  return exitCode(
    tally(checks, stale),
    checks.map(({ id }) => id),
    checks,
  );
}

test("each check is counted once, a known one as known alone", () => {
  const checks = [
    check("a", "pass"),
    check("b", "fail"),
    check("c", "fail", true),
    check("d", "error"),
    check("e", "skip"),
  ];
  assert.equal(tally(checks, []), { pass: 1, fail: 1, error: 1, skip: 1, known: 1, stale: 0 });
});

test("a failure or a stale entry ends with 1, before errors", () => {
  assert.is(exit(["pass", "fail", "error"]), 1);
  assert.is(exit(["pass", "error"], { stale: 1 }), 1);
});

test("an error ends with 3, before nothing judged", () => {
  assert.is(exit(["pass", "error"]), 3);
  assert.is(exit(["error", "skip"]), 3);
});

test("nothing judged ends with 4, known failures are judged", () => {
  assert.is(exit([]), 4);
  assert.is(exit(["skip", "skip"]), 4);
  assert.is(exit(["skip"], { known: 1 }), 0);
  assert.is(exit(["pass", "skip"], { known: 1 }), 0);
});

test("checks that do not answer the schedule end with 3", () => {
  const checks = [check("a", "pass")];
  const counts = tally(checks, []);
  assert.is(exitCode(counts, ["a"], checks), 0);
  assert.is(exitCode(counts, ["a", "b"], checks), 3);
  assert.is(exitCode(counts, [], checks), 3);
  assert.is(exitCode(counts, ["a"], [...checks, ...checks]), 3);
});

test("settling answers each scheduled id exactly once, in the schedule's order", () => {
  const checks = [check("c", "pass"), check("a", "pass"), check("c", "pass"), check("z", "pass")];
  const settled = settle(["a", "b", "c"], checks);
  assert.equal(
    settled.map(({ id, verdict, code }) => [id, verdict, code]),
    [
      ["a", "pass", undefined],
      ["b", "error", "unanswered"],
      ["c", "error", "answered-twice"],
      ["z", "error", "unscheduled"],
    ],
  );
});
