/** The kinds of findings of the validator, each with its level and meaning. */

/**
 * Codes are stable. An error breaks a MUST of the specification, the types of its schema, or cannot work on any kernel; a
 * warning is deprecated, odd, or does not do what its writer may think.
 */
export const findingCodes = {
  "unknown-key": { level: "error", means: "a key that the specification does not have" },
  "wrong-type": { level: "error", means: "a value of another JSON type than the specification gives" },
  "missing-key": { level: "error", means: "a required key is absent" },
  "out-of-range": { level: "error", means: "a number outside its type or its permitted range" },
  "bad-value": { level: "error", means: "a value of the right type that is none of the permitted ones" },
  "empty-list": { level: "error", means: "a list that needs at least one entry has none" },
  "relative-path": { level: "error", means: "a path that must be absolute is not" },
  "unknown-capability": { level: "error", means: "a capability that capabilities(7) does not list" },
  "unknown-namespace": { level: "error", means: "a namespace type that the specification does not have" },
  "unknown-rlimit": { level: "error", means: "a limit that setrlimit(2) does not have" },
  "unknown-seccomp-action": { level: "error", means: "a seccomp action that the specification does not have" },
  "unknown-seccomp-architecture": {
    level: "error",
    means: "a seccomp architecture that the specification does not have",
  },
  "unknown-seccomp-operator": { level: "error", means: "a seccomp operator that the specification does not have" },
  "unknown-seccomp-flag": { level: "error", means: "a seccomp filter flag that the specification does not have" },
  "misplaced-errno": { level: "error", means: "an errno for a seccomp action that has none" },
  "duplicate-namespace": { level: "error", means: "one namespace type twice" },
  "duplicate-rlimit": { level: "error", means: "one limit twice" },
  "soft-above-hard": { level: "error", means: "a soft limit above its hard limit, which setrlimit(2) refuses" },
  "overlapping-mapping": { level: "error", means: "id ranges that overlap, which user_namespaces(7) refuses" },
  "hostname-without-uts": { level: "error", means: "a host or domain name without a uts namespace to hold it" },
  "foreign-platform": { level: "warning", means: "a part for another platform than Linux" },
  "deprecated-key": { level: "warning", means: "a key that the specification gave up" },
  "odd-value": { level: "warning", means: "a permitted value that hardly means what it says" },
  "relative-destination": {
    level: "warning",
    means: "a relative mount destination, which is deprecated and means below /",
  },
  "mount-without-type": { level: "warning", means: "a mount that names neither a type nor bind" },
  "bind-without-option": { level: "warning", means: "type bind without the option that makes it a bind mount" },
  "ineffective-option": { level: "warning", means: "file system data on a bind mount, where it does nothing" },
  "contradicting-options": {
    level: "warning",
    means: "two options of one mount of which the later undoes the earlier",
  },
  "mappings-without-idmap": {
    level: "warning",
    means: "id mappings of a mount without the option that older runtimes would stumble over",
  },
  "duplicate-mount": { level: "warning", means: "a later mount on the same destination hides the earlier one" },
  "hidden-mount": { level: "warning", means: "a later mount above the destination hides the earlier one" },
  "duplicate-variable": { level: "warning", means: "one environment variable twice" },
  "duplicate-capability": { level: "warning", means: "one capability twice in one set" },
  "ungrantable-capability": {
    level: "warning",
    means: "a capability that the other sets keep the kernel from granting",
  },
  "duplicate-device": { level: "warning", means: "one device twice" },
  "user-namespace-without-mappings": { level: "warning", means: "a new user namespace in which no id is mapped" },
  "mappings-without-user-namespace": {
    level: "warning",
    means: "id mappings without a user namespace to apply them to",
  },
  "unmapped-user": { level: "warning", means: "the process runs as an id that its user namespace does not map" },
  "time-offsets-without-time": { level: "warning", means: "clock offsets without a time namespace to apply them to" },
  "net-devices-without-network": {
    level: "warning",
    means: "network interfaces to move without a network namespace to move them to",
  },
  "sysctl-of-host": { level: "warning", means: "a sysctl that belongs to no namespace of the container" },
} as const;

/** The code of a finding. */
export type FindingCode = keyof typeof findingCodes;
