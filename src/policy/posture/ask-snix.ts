/** The intent as a request to snix. Fact sheet: snix, sections 2 to 4. */
import { buildFacts } from "./build-facts.ts";
import type { Mapping } from "./mapping.ts";

const { command, environment, firstSubordinateId } = buildFacts;

/** Inputs lie below one directory, by name; outputs in scratch directories. */
export const askSnix: Mapping = {
  system: "snix",
  fixed: {
    root: { is: "never", why: "the build always runs as user 1000 and group 100" },
    "read-only-root": { is: "always", why: "the root file system is always read-only" },
    secret: { is: "never", why: "it knows no secrets" },
    memory: { is: "never", why: "`minMemory` asks for a machine that is large enough, and limits nothing" },
    cpus: { is: "never", why: "it has no such limit" },
    "cpu-time": { is: "never", why: "it has no such limit" },
    processes: { is: "never", why: "it has no such limit" },
  },
  remarks: {
    network: "the host's own network, with three files of the host for names and services",
    shell: "a shell of the machine that builds, fixed when snix is compiled",
    "user-namespace": "snix calls it rootless; the service always asks for it, the library leaves it to its caller",
  },
  ask: (wishes) => ({
    request: {
      inputs: wishes.input ? ["source"] : [],
      inputsDir: "input",
      commandArgs: command,
      workingDir: "build",
      scratchPaths: wishes.output ? ["build"] : [],
      outputs: wishes.output ? ["build/result"] : [],
      environmentVars: environment.map(([key, value]) => ({ key, value })),
      constraints: { system: "x86_64-linux", networkAccess: wishes.network, provideBinSh: wishes.shell },
    },
    options: {
      rootless: wishes["user-namespace"],
      sandboxShell: "/opt/sandbox/bin/sh",
      host: {
        uid: 1000,
        gid: 1000,
        user: "builder",
        group: "builder",
        subuid: firstSubordinateId,
        subgid: firstSubordinateId,
      },
    },
  }),
};
