/** What a seccomp profile makes of a system call. */
import type { Json } from "../../json/value.ts";
import type { Seccomp, SyscallArgument, SyscallRule } from "../../oci/config.ts";

/**
 * `kernel`: the call reaches the kernel; `swallowed`: it does nothing and reports success; `errno:N`: it fails with N;
 * `kill`: the caller ends with SIGSYS; `notify`: an agent decides; `by-argument`: it depends on the arguments.
 */
export type Outcome = "kernel" | "swallowed" | `errno:${string}` | "kill" | "notify" | "by-argument";

/**
 * The outcome for calls of the machine's own architecture, which a filter always covers (`architectures` only adds others).
 * As libseccomp builds filters and runtimes fill them: a rule with the default action adds nothing; the first rule without
 * conditions on arguments wins and replaces conditional ones; where only conditional ones exist, `given` arguments decide,
 * and without them it is not known.
 */
export function systemCallOutcome(profile: Seccomp | undefined, call: string, given?: readonly bigint[]): Outcome {
  if (profile === undefined) return "kernel";
  const byDefault = outcomeOf(profile.defaultAction, profile.defaultErrnoRet);
  const adds = (rule: SyscallRule): boolean =>
    rule.action !== profile.defaultAction || outcomeOfRule(rule) !== byDefault;
  const rules = (profile.syscalls ?? []).filter((rule) => rule.names.includes(call) && adds(rule));
  const plain = rules.find((rule) => (rule.args ?? []).length === 0);
  if (plain !== undefined) return outcomeOfRule(plain);
  if (given === undefined) return rules.length > 0 ? "by-argument" : byDefault;
  const outcomes = new Set(rules.filter(({ args = [] }) => appliesTo(args, given)).map(outcomeOfRule));
  const [only] = outcomes;
  if (only === undefined) return byDefault;
  return outcomes.size === 1 ? only : "by-argument";
}

/** Conditions on different arguments must all be met; where one argument stands twice, runtimes make a rule of each. */
function appliesTo(conditions: readonly SyscallArgument[], given: readonly bigint[]): boolean {
  const isMet = (condition: SyscallArgument): boolean => compares(condition, given[Number(condition.index)] ?? 0n);
  const distinct = new Set(conditions.map(({ index }) => Number(index))).size === conditions.length;
  return distinct ? conditions.every(isMet) : conditions.some(isMet);
}

/** Arguments are compared as unsigned 64-bit numbers (seccomp_rule_add(3)). */
function compares({ op, value, valueTwo = 0 }: SyscallArgument, argument: bigint): boolean {
  const is = BigInt.asUintN(64, argument);
  const wanted = BigInt.asUintN(64, BigInt(value));
  switch (op) {
    case "SCMP_CMP_NE":
      return is !== wanted;
    case "SCMP_CMP_LT":
      return is < wanted;
    case "SCMP_CMP_LE":
      return is <= wanted;
    case "SCMP_CMP_EQ":
      return is === wanted;
    case "SCMP_CMP_GE":
      return is >= wanted;
    case "SCMP_CMP_GT":
      return is > wanted;
    case "SCMP_CMP_MASKED_EQ":
      return (is & wanted) === BigInt.asUintN(64, BigInt(valueTwo));
    default:
      return false;
  }
}

/** How far a call gets, for comparing: the greater, the less is kept from the kernel. */
export function reachOf(outcome: Json): number {
  if (outcome === "kernel") return 2;
  return outcome === "by-argument" || outcome === "notify" ? 1 : 0;
}

function outcomeOfRule(rule: SyscallRule): Outcome {
  return outcomeOf(rule.action, rule.errnoRet);
}

/** seccomp(2). EPERM where no errno is given (OCI runtime spec); TRACE without a tracer is ENOSYS. */
export function outcomeOf(action: string, errno: number | bigint | undefined): Outcome {
  switch (action) {
    case "SCMP_ACT_ALLOW":
    case "SCMP_ACT_LOG":
      return "kernel";
    case "SCMP_ACT_ERRNO":
      return BigInt(errno ?? 1) === 0n ? "swallowed" : `errno:${errno ?? 1}`;
    case "SCMP_ACT_TRACE":
      return "errno:38";
    case "SCMP_ACT_NOTIFY":
      return "notify";
    default:
      return "kill";
  }
}
