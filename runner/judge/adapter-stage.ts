/** The stage that judges somebody else's implementation, asked over the adapter protocol. */
import process from "node:process";
import type { PlacedCase } from "../../src/suite/case.ts";
import { scheduleCase } from "../../src/suite/check-case.ts";
import type { Adapter } from "../adapter/adapter.ts";
import { type Asked, askCase, type Problem } from "../adapter/ask-case.ts";
import { notAskedFor } from "../adapter/asked-for.ts";
import type { CaseDirectories } from "../adapter/case-directories.ts";
import { type Given, judgeGiven } from "./judge-given.ts";
import { refuseUnknownOperation } from "./known-operation.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** It may have something to say below the report. */
export interface AdapterStage extends Stage {
  /** Lines for people; complete when all is judged. */
  remarks(): readonly string[];
}

/** Judges every selected case by what `adapter`, which has been started, answers. */
export function adapterStage(selection: Selection, adapter: Adapter, directories: CaseDirectories): AdapterStage {
  const { cases, policies } = selection;
  const remarks: string[] = [];
  for (const each of cases) refuseUnknownOperation(each);
  const { introduced } = adapter;
  return {
    checks: cases.flatMap((each) => scheduleCase(each, policies)),
    runtimes: [],
    offers: [],
    ...("kind" in introduced ? {} : { implementation: introduced.implementation }),
    judge: async (emit, enough) => {
      const settle = (c: PlacedCase, given: Given): void => {
        for (const check of judgeGiven(c, given, selection)) emit(check);
      };
      const end = await askAll(selection, adapter, directories, settle, enough);
      if (end !== undefined) remarks.push(`${end.reason} (every verdict was given before that; cupel smoke says more)`);
    },
    remarks: () => remarks,
  };
}

type Settle = (c: PlacedCase, given: Given) => void;

/**
 * Asks `adapter` about every case and hands each to `settle`, once and in their order.
 *
 * An answer is believed when the next one has come: an adapter that answers twice shows it only then, and whose fault that
 * was must not depend on how quickly its lines are read. Gives what was wrong with the end of the adapter, if something was.
 */
export async function askAll(
  selection: Pick<Selection, "cases" | "goldens">,
  adapter: Adapter,
  directories: CaseDirectories,
  settle: Settle,
  enough: () => boolean,
): Promise<{ readonly reason: string } | undefined> {
  const { cases, goldens } = selection;
  let waiting: { readonly c: PlacedCase; readonly given: Given } | undefined;
  const settleWaiting = (lie?: Given): void => {
    if (waiting !== undefined) settle(waiting.c, lie ?? waiting.given);
    waiting = undefined;
  };
  for (const c of cases) {
    if (enough()) break;
    const skip = obstacleTo(c, adapter);
    if (skip !== undefined) {
      settle(c, { skip });
      continue;
    }
    const golden = c.expect === "golden" ? goldens.of(c.fullId) : undefined;
    const ask = (): Promise<Asked> => askCase(adapter, c, golden, directories);
    let asked = await ask();
    if ("problem" in asked && asked.problem.blames === "previous" && waiting !== undefined) {
      settleWaiting(givenBy(asked, c));
      asked = await ask();
    }
    settleWaiting();
    if (diedOf(asked) && isPanic(c)) asked = await confirmed(c, ask);
    const given = givenBy(asked, c);
    waiting = { c, given };
    // The next process will know nothing of this request.
    if ("problem" in asked && isOver(asked.problem)) settleWaiting();
  }
  const end = await adapter.close();
  const lie = end?.blames === "previous" && waiting !== undefined ? end : undefined;
  settleWaiting(lie === undefined ? undefined : { error: lie, errors: lie.errors });
  return lie === undefined ? end : undefined;
}

/** Why `c` is not asked at all: it is not implemented, or the files that it speaks of must belong to root. */
function obstacleTo(
  c: PlacedCase,
  { introduced }: Adapter,
): { readonly code: string; readonly reason: string } | undefined {
  const reason = "kind" in introduced ? undefined : notAskedFor(introduced, c);
  if (reason !== undefined) return { code: "not-implemented", reason };
  if (c.needs?.includes("root") !== true || process.getuid?.() === 0) return undefined;
  return { code: "needs-root", reason: "needs root: with real files the operation does other things for anybody else" };
}

function givenBy(asked: Asked, c: PlacedCase): Given {
  const { errors } = asked;
  if ("outcome" in asked) return { outcome: asked.outcome, errors };
  if ("problem" in asked) {
    const { code, reason } = asked.problem;
    return { error: { code, reason }, errors };
  }
  const reason = `the implementation does not have ${c.system}/${c.operation}: ${asked.notImplemented}`;
  return { skip: { code: "not-implemented", reason }, errors };
}

function diedOf(asked: Asked): asked is Extract<Asked, { readonly problem: Problem }> {
  return "problem" in asked && asked.problem.code === "adapter-died";
}

/** Whether the process that had this problem is gone. */
function isOver({ code }: Problem): boolean {
  return code !== "adapter-error" && code !== "case-files";
}

/** Upstream aborts there, and so may whoever is like it. */
function isPanic({ class: kind, expect }: PlacedCase): boolean {
  return kind === "panic" && expect !== "golden" && !("value" in expect);
}

/** A death counts as the rejection when a fresh process dies of the same request, and not of what came before. */
async function confirmed(c: PlacedCase, ask: () => Promise<Asked>): Promise<Asked> {
  const again = await ask();
  if (!diedOf(again)) {
    const reason = "the adapter died of this request, and a fresh one did not";
    return "problem" in again
      ? again
      : { problem: { code: "adapter-died", reason, blames: "this" }, errors: again.errors };
  }
  const { expect } = c;
  if (expect === "golden" || "value" in expect) return again;
  const rejects = "rejects" in expect ? expect.rejects : expect.rejectsPrefix;
  const { leaves, errors } = again;
  return { outcome: { rejects, code: "panic", class: "panic", ...(leaves === undefined ? {} : { leaves }) }, errors };
}
