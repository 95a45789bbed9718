/** Capabilities: the five sets that the process has after execve. */
import { equalJson } from "../../json/equal.ts";
import { capabilitySets } from "../../oci/vocabulary.ts";
import { failedWith } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { type CapabilitySet, statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { capabilitiesAfterExec } from "../view/capabilities-after-exec.ts";

const status: Question = { on: "cell", ask: "status" };
const ambient: Question = { on: "cell", ask: "call", call: "ambient-capability" };

/** Value: the names of the set, sorted, as /proc/PID/status shows them after execve. */
export const capabilities: Rule = {
  id: "capabilities",
  title: "The process has the capabilities that follow from the config, and no others",
  why: "One capability too many can be enough to leave the sandbox; one too few breaks the build.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux Process (capabilities)", "capabilities(7)"],
  kind: "isolation",
  promises: (config) => {
    const sets = capabilitiesAfterExec(config);
    return capabilitySets.map((set) => ({
      rule: "capabilities",
      subject: `capabilities:${set}`,
      value: sets[set],
      at: `/process/capabilities/${set}`,
    }));
  },
  compare: bySubset,
  ask: (promised) => (setOf(promised) === "ambient" ? [status, ambient] : [status]),
  judge: (promised, answers) => {
    const reply = statusOf(answers.get(status));
    if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
    const seen = reply.value.capabilities[setOf(promised)];
    if (seen !== undefined) return decide(equalJson(seen, promised.value), seen);
    if (setOf(promised) === "ambient") {
      const asked = resultOf(answers.get(ambient));
      // The arguments are right, so it is the kernel that has no such set.
      if ("value" in asked && failedWith(asked.value, "EINVAL")) return decide(equalJson([], promised.value), []);
    }
    return notObservable("the process status does not show this set");
  },
};

function setOf({ subject }: Promised): CapabilitySet {
  const set = capabilitySets.find((each) => subject === `capabilities:${each}`);
  if (set === undefined) throw new Error(`${subject} is no capability set`);
  return set;
}
