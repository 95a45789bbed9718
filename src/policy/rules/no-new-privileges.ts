/** No new privileges: whether executing a program can give the process more than it has. */
import { statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";

const cell: Question = { on: "cell", ask: "status" };
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
  ask: () => [cell, host],
  judge: (promised, answers) => {
    const reply = statusOf(answers.get(cell));
    if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
    const seen = reply.value.noNewPrivileges;
    if (seen === undefined) return notObservable("the process status does not show NoNewPrivs");
    if (promised.value === false && seen) {
      // The bit is inherited for ever, so a host that has it leaves no choice.
      const jail = statusOf(answers.get(host));
      const inherited = "value" in jail && jail.value.noNewPrivileges === true;
      if (inherited) return notObservable("the host's own processes have the bit, and it cannot be cleared");
    }
    return decide(seen === promised.value, seen);
  },
};
