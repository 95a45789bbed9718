/** Shell: /bin/sh is there exactly when the config provides it. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf, textOf } from "../answers/reply.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { isBelow } from "../view/path.ts";

const path = "/bin/sh";
const run: Question = { on: "cell", ask: "shell", path };
const access: Question = { on: "cell", ask: "call", call: "access-execute", argument: path };

/**
 * Subject `shell:/bin/sh`. Value: `provided` (a mount on it), `not-provided`, or `by-mount` where a mount above it decides.
 * A cell's root file system has a shell only where the config mounts one.
 */
export const shell: Rule = {
  id: "shell",
  title: "A shell is there exactly when the config provides one",
  why: "A build that finds a shell by chance works on one machine only; one that was promised a shell fails without it.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Mounts", "access(2)"],
  kind: "functional",
  promises: (config) => [{ rule: "shell", subject: `shell:${path}`, ...provision(config) }],
  compare: sameOrDifferent,
  ask: ({ value }) => (value === "provided" ? [run] : value === "not-provided" ? [access] : []),
  judge: ({ value }, answers) => (value === "provided" ? judgeRun(answers) : judgeAbsence(answers)),
};

function provision(config: Config): { readonly value: Json; readonly at: string } {
  const table = mountTable(config);
  const on = table.find(({ destination, hidden }) => destination === path && !hidden);
  if (on !== undefined) return { value: "provided", at: on.at };
  const above = table.find(({ destination }) => isBelow(path, destination));
  return above === undefined ? { value: "not-provided", at: "/mounts" } : { value: "by-mount", at: above.at };
}

/** A shell that does not run is not provided, whatever the reason. */
function judgeRun(answers: Answers): Judgement {
  const answer = answers.get(run);
  if ("unable" in answer) return notObservable(answer.unable);
  const text = textOf(answer);
  if ("silent" in text) return violated(text.silent);
  return decide(text.value.trim() === "0 cupel", text.value);
}

/** Only ENOENT and ENOTDIR say that nothing is there. */
function judgeAbsence(answers: Answers): Judgement {
  const reply = resultOf(answers.get(access));
  if ("silent" in reply) return notObservable(`it was not looked for: ${reply.silent}`);
  if (failedWith(reply.value, "ENOENT", "ENOTDIR")) return holds(resultName(reply.value));
  if (reply.value >= 0) return violated("it can be executed");
  return notObservable(`looking for it fails with ${resultName(reply.value)}`);
}
