/** What a seccomp profile makes of a system call. */
import type { Seccomp, SyscallRule } from "../../oci/config.ts";

/**
 * `kernel`: the call reaches the kernel; `swallowed`: it does nothing and reports success; `errno:N`: it fails with N;
 * `kill`: the caller ends with SIGSYS; `notify`: an agent decides; `by-argument`: it depends on the arguments.
 */
export type Outcome = "kernel" | "swallowed" | `errno:${string}` | "kill" | "notify" | "by-argument";

/**
 * The outcome for calls of the machine's own architecture, which a filter always covers (`architectures` only adds others).
 * As libseccomp builds filters and runtimes fill them: a rule with the default action adds nothing; the first rule without
 * conditions on arguments wins and replaces conditional ones; where only conditional ones exist, arguments decide.
 */
export function systemCallOutcome(profile: Seccomp | undefined, call: string): Outcome {
  if (profile === undefined) return "kernel";
  const byDefault = outcomeOf(profile.defaultAction, profile.defaultErrnoRet);
  const adds = (rule: SyscallRule): boolean =>
    rule.action !== profile.defaultAction || outcomeOfRule(rule) !== byDefault;
  const rules = (profile.syscalls ?? []).filter((rule) => rule.names.includes(call) && adds(rule));
  const plain = rules.find((rule) => (rule.args ?? []).length === 0);
  if (plain !== undefined) return outcomeOfRule(plain);
  return rules.length > 0 ? "by-argument" : byDefault;
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
