/** The rules in the order and groups of the posture table. */

/** Rules that speak of one thing. */
export interface Family {
  /** For command lines. */
  readonly name: string;
  readonly title: string;
  /** Ids of rules. */
  readonly rules: readonly string[];
}

/** Every rule stands in one of these; a test compares. */
export const families: readonly Family[] = [
  { name: "namespaces", title: "Namespaces", rules: ["namespaces"] },
  { name: "network", title: "Network", rules: ["network", "network-files"] },
  { name: "host", title: "Sight of the host", rules: ["visibility", "host-name"] },
  { name: "users", title: "Users", rules: ["identity", "supplementary-groups", "umask", "id-map", "ownership"] },
  {
    name: "privileges",
    title: "Privileges",
    rules: ["capabilities", "capability-use", "no-new-privileges", "set-uid", "nested-namespaces"],
  },
  {
    name: "system-calls",
    title: "System calls",
    rules: [
      "seccomp",
      "seccomp-calls",
      "seccomp-denied",
      "seccomp-allowed",
      "seccomp-arguments",
      "seccomp-new",
      "foreign-architectures",
    ],
  },
  {
    name: "files",
    title: "Files and mounts",
    rules: [
      "root-file-system",
      "mounts",
      "tmpfs-size",
      "propagation",
      "no-exec",
      "no-devices",
      "bind-source",
      "writes",
    ],
  },
  {
    name: "devices",
    title: "Devices",
    rules: ["default-devices", "unexpected-devices", "device-access", "device-nodes"],
  },
  { name: "proc-and-sys", title: "/proc and /sys", rules: ["masked-paths", "readonly-paths"] },
  {
    name: "limits",
    title: "Limits",
    rules: [
      "memory-limit",
      "cpu-limit",
      "cpu-set",
      "pids-limit",
      "oom-score",
      "cgroup-placement",
      "cgroup-control",
      "rlimits",
    ],
  },
  {
    name: "build",
    title: "What the build gets",
    rules: [
      "arguments",
      "working-directory",
      "environment",
      "environment-extra",
      "streams",
      "shell",
      "exports",
      "unexpected-mounts",
    ],
  },
];

/** The families with the rules of `ids` that no family names in one more at the end. */
export function familiesOf(ids: readonly string[]): readonly Family[] {
  const placed = new Set(families.flatMap(({ rules }) => rules));
  const rest = ids.filter((id) => !placed.has(id));
  const known = families.map(({ rules, ...family }) => ({ ...family, rules: rules.filter((id) => ids.includes(id)) }));
  return [...known, { name: "other", title: "Other", rules: rest }].filter(({ rules }) => rules.length > 0);
}
