/** All rules, in the order in which reports list them. */
import { closest } from "fastest-levenshtein";
import { CupelError } from "../errors.ts";
import type { Config } from "../oci/config.ts";
import type { Promised, Rule } from "./rule.ts";
import { processArguments } from "./rules/arguments.ts";
import { bindSource } from "./rules/bind-source.ts";
import { capabilities } from "./rules/capabilities.ts";
import { capabilityUse } from "./rules/capability-use.ts";
import { cgroupControl } from "./rules/cgroup-control.ts";
import { cgroupPlacement } from "./rules/cgroup-placement.ts";
import { cpuLimit } from "./rules/cpu-limit.ts";
import { cpuSet } from "./rules/cpu-set.ts";
import { usualDevices } from "./rules/default-devices.ts";
import { deviceAccess } from "./rules/device-access.ts";
import { deviceNodes } from "./rules/device-nodes.ts";
import { environment } from "./rules/environment.ts";
import { environmentExtra } from "./rules/environment-extra.ts";
import { exports } from "./rules/exports.ts";
import { foreignArchitectures } from "./rules/foreign-architectures.ts";
import { hostName } from "./rules/host-name.ts";
import { idMap } from "./rules/id-map.ts";
import { identity } from "./rules/identity.ts";
import { maskedPaths } from "./rules/masked-paths.ts";
import { memoryLimit } from "./rules/memory-limit.ts";
import { mounts } from "./rules/mounts.ts";
import { namespaces } from "./rules/namespaces.ts";
import { nestedNamespaces } from "./rules/nested-namespaces.ts";
import { network } from "./rules/network.ts";
import { networkFiles } from "./rules/network-files.ts";
import { noDevices } from "./rules/no-devices.ts";
import { noExec } from "./rules/no-exec.ts";
import { noNewPrivileges } from "./rules/no-new-privileges.ts";
import { oomScore } from "./rules/oom-score.ts";
import { ownership } from "./rules/ownership.ts";
import { pidsLimit } from "./rules/pids-limit.ts";
import { propagation } from "./rules/propagation.ts";
import { readonlyPaths } from "./rules/readonly-paths.ts";
import { rlimits } from "./rules/rlimits.ts";
import { rootFileSystem } from "./rules/root-file-system.ts";
import { seccomp } from "./rules/seccomp.ts";
import { seccompAllowed } from "./rules/seccomp-allowed.ts";
import { seccompArguments } from "./rules/seccomp-arguments.ts";
import { seccompCalls } from "./rules/seccomp-calls.ts";
import { seccompDenied } from "./rules/seccomp-denied.ts";
import { seccompNew } from "./rules/seccomp-new.ts";
import { setUid } from "./rules/set-uid.ts";
import { shell } from "./rules/shell.ts";
import { streams } from "./rules/streams.ts";
import { supplementaryGroups } from "./rules/supplementary-groups.ts";
import { tmpfsSize } from "./rules/tmpfs-size.ts";
import { umask } from "./rules/umask.ts";
import { unexpectedDevices } from "./rules/unexpected-devices.ts";
import { unexpectedMounts } from "./rules/unexpected-mounts.ts";
import { visibility } from "./rules/visibility.ts";
import { workingDirectory } from "./rules/working-directory.ts";
import { writes } from "./rules/writes.ts";

/** Every rule once. */
export const rules: readonly Rule[] = [
  namespaces,
  visibility,
  network,
  networkFiles,
  hostName,
  identity,
  supplementaryGroups,
  umask,
  idMap,
  ownership,
  capabilities,
  capabilityUse,
  noNewPrivileges,
  setUid,
  nestedNamespaces,
  seccomp,
  seccompCalls,
  seccompDenied,
  seccompAllowed,
  seccompArguments,
  seccompNew,
  foreignArchitectures,
  rootFileSystem,
  mounts,
  propagation,
  noExec,
  noDevices,
  tmpfsSize,
  bindSource,
  unexpectedMounts,
  writes,
  exports,
  maskedPaths,
  readonlyPaths,
  usualDevices,
  unexpectedDevices,
  deviceAccess,
  deviceNodes,
  processArguments,
  workingDirectory,
  environment,
  environmentExtra,
  rlimits,
  oomScore,
  cpuSet,
  cgroupPlacement,
  cgroupControl,
  pidsLimit,
  cpuLimit,
  memoryLimit,
  streams,
  shell,
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule with this id. Throws CupelError `unknown-rule`, naming the nearest. */
export function findRule(id: string): Rule {
  const rule = byId.get(id);
  if (rule !== undefined) return rule;
  throw new CupelError("unknown-rule", `there is no rule ${JSON.stringify(id)}`, { hint: nearestRule(id) });
}

/** What to say to who wrote `id`, which is no rule's. */
export function nearestRule(id: string): string {
  const ids = [...byId.keys()];
  return `the nearest is ${closest(id, ids)}; all: ${ids.join(", ")}`;
}

/** Everything that `config` promises, rule by rule; of the rules `only`, when somebody asks for no others. */
export function promisesOf(config: Config, only: readonly Rule[] = rules): readonly Promised[] {
  return only.flatMap((rule) => rule.promises(config));
}
