/** What the builds of every intent have in common, so that their configs can be compared. */

/** Paths are those inside; every system puts the same thing in the same place. */
export const buildFacts = {
  command: ["/bin/sh", "-e", "/input/source/build.sh"],
  /** Where the build starts and leaves its result. */
  directory: "/build",
  result: "/build/result",
  /** Read only. */
  input: "/input/source",
  secret: "/run/secrets/token",
  environment: [
    ["LANG", "C.UTF-8"],
    ["PATH", "/usr/bin:/bin"],
  ],
  /** The user where it is not root: what one of the systems always uses, so that the others can do the same. */
  uid: 1000,
  gid: 100,
  /** Of the user's range of further ids on the host. */
  firstSubordinateId: 100_000,
  subordinateIds: 65_536,
  memoryBytes: 536_870_912,
  cpus: 2,
  cpuSeconds: 600,
  processes: 100,
} as const;
