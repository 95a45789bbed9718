/** Adds up a run and says how it ends. */
import type { CheckEvent, Counts, StaleEvent } from "./event.ts";

/** The counts of a run. A check that a baseline knows counts as `known` and as nothing else. */
export function tally(checks: readonly CheckEvent[], stale: readonly StaleEvent[]): Counts {
  const counts = { pass: 0, fail: 0, error: 0, skip: 0, known: 0, stale: stale.length };
  for (const check of checks) counts[check.known === undefined ? check.verdict : "known"] += 1;
  return counts;
}

/**
 * The exit code of a run, by precedence: 1 an unexpected failure or a stale baseline entry; 3 an error of ours, of an
 * adapter or of the machine, or checks that do not answer the schedule; 4 nothing was judged; 0 clean.
 */
export function exitCode(counts: Counts, schedule: readonly string[], checks: readonly CheckEvent[]): 0 | 1 | 3 | 4 {
  if (counts.fail > 0 || counts.stale > 0) return 1;
  if (counts.error > 0 || !answers(schedule, checks)) return 3;
  return counts.pass + counts.known === 0 ? 4 : 0;
}

/**
 * Exactly one check for each scheduled id, in the order of the schedule. An id that has none, or more than one, becomes
 * an error (`unanswered`, `answered-twice`); a check that was not scheduled becomes the error `unscheduled` at the end.
 */
export function settle(schedule: readonly string[], checks: readonly CheckEvent[]): readonly CheckEvent[] {
  const byId = new Map<string, CheckEvent>();
  for (const check of checks) byId.set(check.id, byId.has(check.id) ? answeredTwice(check.id) : check);
  const settled: CheckEvent[] = [];
  for (const id of new Set(schedule)) {
    settled.push(byId.get(id) ?? harnessError(id, "unanswered", "the run ended without a verdict on this check"));
    byId.delete(id);
  }
  for (const id of byId.keys()) {
    settled.push(harnessError(id, "unscheduled", "this check was judged though it was never scheduled"));
  }
  return settled;
}

function answers(schedule: readonly string[], checks: readonly CheckEvent[]): boolean {
  const ids = new Set(checks.map(({ id }) => id));
  return ids.size === checks.length && ids.size === new Set(schedule).size && schedule.every((id) => ids.has(id));
}

function answeredTwice(id: string): CheckEvent {
  return harnessError(id, "answered-twice", "this check was judged more than once");
}

function harnessError(id: string, code: string, reason: string): CheckEvent {
  return { type: "check", id, verdict: "error", code, reason };
}
