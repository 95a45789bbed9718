/** Capabilities in use: an action is refused without the capability it needs, by what the system call returns. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { errnos, failedWith, resultName } from "../answers/errno.ts";
import { resultOf, textOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { capabilitiesAfterExec } from "../view/capabilities-after-exec.ts";
import { namespaceMode } from "../view/namespaces.ts";
import { type PrivilegedAction, privilegedActions } from "../view/privileged-actions.ts";
import { systemCallOutcome } from "../view/system-call-outcome.ts";

/** First port that needs no capability (ip(7)); 1024 unless the machine's owner lowered it, and on kernels without this file. */
const portFile = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
const portStart: Question = { on: "cell", ask: "read", path: portFile };
const portFileThere: Question = { on: "cell", ask: "call", call: "access-exist", argument: portFile };
const settings: Question = { on: "cell", ask: "stat", path: "/proc/sys/net/ipv4" };

/**
 * Subjects `use:<action>`. Value: `refused` or `granted`; `undecided` where a joined namespace or arguments that seccomp
 * looks at decide. The capability must be effective after execve, and the cell's user namespace must own the namespace acted
 * on: inside a user namespace of its own, a cell has no power over a namespace that it shares with the host.
 */
export const capabilityUse: Rule = {
  id: "capability-use",
  title: "What a missing capability forbids is refused when it is tried",
  why: "A set in /proc says what a process holds; only the attempt shows what the runtime lets it do.",
  level: "must",
  refs: ["capabilities(7)", "user_namespaces(7)", "OCI runtime spec: config.md, Linux Process (capabilities)"],
  kind: "isolation",
  promises: (config) => {
    const { effective } = capabilitiesAfterExec(config);
    return privilegedActions.map((action) => ({
      rule: "capability-use",
      subject: `use:${action.name}`,
      value: useOf(action, config, effective),
      at: "/process/capabilities",
    }));
  },
  compare: (before, after) =>
    byRank(before, after, (value) => ["refused", "undecided", "granted"].indexOf(String(value))),
  ask: ({ subject, value }) => {
    if (value === "undecided") return [];
    const { name, call } = actionOf(subject);
    const attempt: Question = { on: "cell", ask: "call", call };
    return name === "low-port" ? [attempt, portStart, portFileThere, settings] : [attempt];
  },
  judge: (promised, answers) => judgeUse(promised, actionOf(promised.subject), answers),
};

function useOf(action: PrivilegedAction, config: Config, effective: readonly string[]): Json {
  const outcome = systemCallOutcome(config.linux?.seccomp, action.systemCall);
  // Any other interference of a filter would hide what the kernel says.
  if (outcome !== "kernel") return outcome === `errno:${errnos[action.refusedWith]}` ? "refused" : "undecided";
  if (!effective.includes(action.capability)) return "refused";
  const user = namespaceMode(config, "user");
  if (user === "shared" || action.against === "user") return "granted";
  if (action.against === "initial") return user === "private" ? "refused" : "undecided";
  const acted = namespaceMode(config, action.against);
  if (acted === "private") return "granted";
  return acted === "shared" && user === "private" ? "refused" : "undecided";
}

function judgeUse(promised: Promised, action: PrivilegedAction, answers: Answers): Judgement {
  const reply = resultOf(answers.get({ on: "cell", ask: "call", call: action.call }));
  if ("silent" in reply) return notObservable(`the call was not made: ${reply.silent}`);
  const result = reply.value;
  const name = resultName(result);
  if (failedWith(result, action.refusedWith)) return judgeRefusal(promised, action, name);
  const granted = action.grantedWith.some((each) => (each === "success" ? result >= 0 : failedWith(result, each)));
  if (!granted) return notObservable(`the call says ${name}, which tells nothing of the capability`);
  if (promised.value === "refused" && action.name === "low-port") return judgeLowPort(answers);
  return decide(promised.value === "granted", { use: "granted", result: result >= 0 ? "success" : name });
}

function judgeRefusal(promised: Promised, action: PrivilegedAction, result: string): Judgement {
  if (promised.value === "granted" && action.against === "initial") {
    return notObservable(
      `${result}: the capability counts in the machine's first user namespace only, which may not be ours`,
    );
  }
  return decide(promised.value === "refused", { use: "refused", result });
}

/** A machine may give low ports to everybody; then their use says nothing. */
function judgeLowPort(answers: Answers): Judgement {
  const start = textOf(answers.get(portStart));
  const there = resultOf(answers.get(portFileThere));
  const fixed = "value" in there && failedWith(there.value, "ENOENT") && "value" in statOf(answers.get(settings));
  if ("silent" in start && !fixed) {
    return notObservable(`which ports need the capability is not shown: ${start.silent}`);
  }
  const first = "silent" in start ? 1024 : Number(start.value.trim());
  if (Number.isInteger(first) && first < 1024)
    return notObservable(`on this machine ports from ${first} on need no capability`);
  return decide(false, { use: "granted", result: "success" });
}

function actionOf(subject: string): PrivilegedAction {
  const action = privilegedActions.find(({ name }) => subject === `use:${name}`);
  if (action === undefined) throw new Error(`${subject} is no action`);
  return action;
}
