/** No new privileges: whether executing a program can give the process more than it has. */
import { resultOf } from "../answers/reply.ts";
import { statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";

const cell: Question = { on: "cell", ask: "status" };
/** For a kernel whose status has no such row. */
const call: Question = { on: "cell", ask: "call", call: "no-new-privileges" };
const host: Question = { on: "host", ask: "read", path: "/proc/self/status" };

/** Value: a boolean, the process's no_new_privs bit. */
export const noNewPrivileges: Rule = {
  id: "no-new-privileges",
  title: "The no_new_privs bit of the process is as configured",
  why: "Without it a set-uid program in the root file system lifts a build to its owner.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux Process (noNewPrivileges)", "PR_SET_NO_NEW_PRIVS(2const)"],
  kind: "isolation",
  promises: (config) => [
    {
      rule: "no-new-privileges",
      subject: "no-new-privileges",
      value: config.process?.noNewPrivileges === true,
      at: "/process/noNewPrivileges",
    },
  ],
  compare: (before, after) => byOpening(before === false, after === false),
  ask: () => [cell, call, host],
  judge: (promised, answers) => {
    const reply = statusOf(answers.get(cell));
    if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
    const asked = resultOf(answers.get(call));
    const said = "value" in asked && asked.value >= 0 ? asked.value === 1 : undefined;
    const seen = reply.value.noNewPrivileges ?? said;
    if (seen === undefined) return notObservable("neither the process status nor prctl(2) shows the bit");
    if (promised.value === false && seen) {
      // The bit is inherited for ever, so a host that has it leaves no choice.
      const jail = statusOf(answers.get(host));
      const inherited = "value" in jail && jail.value.noNewPrivileges === true;
      if (inherited) return notObservable("the host's own processes have the bit, and it cannot be cleared");
    }
    return decide(seen === promised.value, seen);
  },
};
