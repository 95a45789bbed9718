/** The intent as a request to metalor. Fact sheet: metalor, sections 1, 6, 10 and 11. */
import { capabilityNames } from "../../oci/vocabulary.ts";
import { buildFacts } from "./build-facts.ts";
import type { Mapping } from "./mapping.ts";

const { command, cpuSeconds, directory, environment, input, memoryBytes, processes, result } = buildFacts;
const [executable, ...argv] = command;

/** Inputs are copied before they are mounted, results are copied out afterwards. */
export const askMetalor: Mapping = {
  system: "metalor",
  fixed: {
    shell: { is: "elsewhere", why: "the root directory has one or not" },
    root: { is: "always", why: "the command runs as whoever calls metalor, and only root can" },
    "user-namespace": { is: "never", why: "this revision makes none; a later one can" },
    "read-only-root": { is: "never", why: "the root directory is writable, and the next build has the same one" },
    output: { is: "always", why: "there is always a workspace" },
    secret: { is: "never", why: "it knows no secrets" },
    cpus: { is: "never", why: "it has no such limit" },
  },
  remarks: {
    network: "the host's own network",
    input: "a copy of the directory, mounted read-only",
    memory: "of address space, for each process by itself",
    "cpu-time": "for each process by itself",
    processes: "counted over everything that its user runs on the machine, and root is not held to it",
  },
  ask: (wishes) => ({
    request: {
      spec: {
        root: "/srv/metalor/root",
        scratch: "/srv/metalor/scratch",
        workspacePath: directory,
        workspaceSeed: "Empty",
        imports: wishes.input ? [{ source: "/srv/sources", destination: input }] : [],
        caches: [],
        exports: wishes.output ? [{ source: result, destination: "/srv/results/0" }] : [],
        command: { cwd: directory, executable, argv },
        env: environment,
        network: wishes.network ? "Enabled" : "Disabled",
        limits: {
          cpuTimeSeconds: wishes["cpu-time"] ? cpuSeconds : null,
          memoryBytes: wishes.memory ? memoryBytes : null,
          maxProcesses: wishes.processes ? processes : null,
        },
        cleanup: "Always",
      },
    },
    // A caller that is root and lacks nothing, on a machine that has everything.
    options: {
      backend: "Privileged",
      host: { uid: 0, gid: 0, groups: [], capabilities: capabilityNames },
      hostFiles: ["/etc/resolv.conf", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"],
    },
  }),
};
