/** Out-of-memory score: how readily the kernel ends the process when memory runs out. */
import { textOf } from "../answers/reply.ts";
import { broken, decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const path = "/proc/self/oom_score_adj";
const cell: Question = { on: "cell", ask: "read", path };
const standIn: Question = { on: "host", ask: "stand-in", file: "oom_score_adj" };
const host: Question = { on: "host", ask: "read", path };

/** Subject `oom-score-adj`. Value: a number, or `inherited`: without one the runtime must not change its own. */
export const oomScore: Rule = {
  id: "oom-score",
  title: "The out-of-memory score of the process is the configured one, or its caller's",
  why: "A build that the kernel spares takes memory from services; one that it ends first fails for no visible reason.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux Process (oomScoreAdj)", "proc_pid_oom_score_adj(5)"],
  kind: "functional",
  promises: ({ process }) => [
    {
      rule: "oom-score",
      subject: "oom-score-adj",
      value: process?.oomScoreAdj === undefined ? "inherited" : limitedInteger(process.oomScoreAdj),
      at: "/process/oomScoreAdj",
    },
  ],
  compare: sameOrDifferent,
  ask: ({ value }, facts) => (value === "inherited" ? [shownBy(facts), host] : [shownBy(facts)]),
  judge: ({ value }, answers, facts) => {
    const seen = numberIn(answers.get(shownBy(facts)));
    if (seen === undefined) return notObservable("the cell does not show its score");
    if (value !== "inherited") return decide(seen === value, seen);
    const own = numberIn(answers.get(host));
    return own === undefined ? broken("the host does not show its own score") : decide(seen === own, seen);
  },
};

/** The host's kernel ends processes of the host: where the cell's are none, the one that stands for them. */
function shownBy({ standIns = [] }: CellFacts): Question {
  return standIns.includes("oom_score_adj") ? standIn : cell;
}

function numberIn(answer: Parameters<typeof textOf>[0]): number | undefined {
  const text = textOf(answer);
  return "value" in text && /^-?[0-9]+\n?$/.test(text.value) ? Number(text.value) : undefined;
}
