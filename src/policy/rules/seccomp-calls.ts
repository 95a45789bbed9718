/** Seccomp, call by call: what becomes of the calls that a build sandbox swallows for speed. */
import { type ErrnoName, failedWith, resultName } from "../answers/errno.ts";
import { endName, outcomeOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { CallName } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { isFilterKill } from "../tried-call.ts";
import { systemCallOutcome } from "../view/system-call-outcome.ts";

/** The calls, made with arguments that the kernel itself refuses, and how it does. */
const calls = {
  fsync: "EBADF",
  fdatasync: "EBADF",
  syncfs: "EBADF",
  sync_file_range: "EBADF",
  msync: "EINVAL",
} as const satisfies { readonly [call in CallName]?: ErrnoName };

type SyncCall = keyof typeof calls;

/**
 * Subjects `call:<name>`. Value: `kernel`, `swallowed` (success without doing anything), `errno:N`, `kill`, `notify` or
 * `by-argument`; the last two are not tried.
 */
export const seccompCalls: Rule = {
  id: "seccomp-calls",
  title: "The seccomp profile lets calls through, swallows or refuses them as it says",
  why: "A build that waits for the disk is slow where calls should be swallowed, and breaks where they fail instead.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp (errnoRet)", "seccomp(2)", "fsync(2)", "msync(2)"],
  kind: "functional",
  promises: ({ linux }) =>
    Object.keys(calls).map((call) => ({
      rule: "seccomp-calls",
      subject: `call:${call}`,
      value: systemCallOutcome(linux?.seccomp, call),
      at: "/linux/seccomp",
    })),
  compare: sameOrDifferent,
  ask: ({ subject, value }) =>
    value === "notify" || value === "by-argument" ? [] : [{ on: "cell", ask: "call", call: callOf(subject) }],
  judge: (promised, answers) => {
    const call = callOf(promised.subject);
    const reply = outcomeOf(answers.get({ on: "cell", ask: "call", call }));
    if ("silent" in reply) return notObservable(`the call was not made: ${reply.silent}`);
    if (typeof reply.value !== "number") {
      if (!isFilterKill(reply.value)) return notObservable(`the attempt ended with ${endName(reply.value)}`);
      return decide(promised.value === "kill", "kill");
    }
    const fromKernel = failedWith(reply.value, calls[call]);
    if (fromKernel && promisedErrno(promised) === -reply.value) {
      return notObservable(`${resultName(reply.value)} is what the kernel says as well`);
    }
    const seen = reply.value >= 0 ? "swallowed" : fromKernel ? "kernel" : `errno:${-reply.value}`;
    return decide(seen === promised.value, seen);
  },
};

function promisedErrno({ value }: Promised): number | undefined {
  return typeof value === "string" && value.startsWith("errno:") ? Number(value.slice("errno:".length)) : undefined;
}

function callOf(subject: string): SyncCall {
  const name = subject.slice("call:".length);
  if (!isSyncCall(name)) throw new Error(`${subject} is no call of this rule`);
  return name;
}

function isSyncCall(name: string): name is SyncCall {
  return Object.hasOwn(calls, name);
}
