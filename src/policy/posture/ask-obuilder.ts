/** The intent as a request to OBuilder. Fact sheet: OBuilder, sections 3 and 4. */
import { buildFacts } from "./build-facts.ts";
import type { Mapping } from "./mapping.ts";

const { command, directory, environment, gid, input, secret, uid } = buildFacts;

/** What a step leaves is its whole root file system. */
export const askObuilder: Mapping = {
  system: "obuilder",
  fixed: {
    shell: { is: "elsewhere", why: "the image has one or not" },
    "user-namespace": { is: "never", why: "a step has the ids of the host: root inside is root outside" },
    "read-only-root": { is: "never", why: "the root file system is what the step is to change" },
    output: { is: "always", why: "the root file system as a whole is the result" },
    memory: { is: "never", why: "it has no such limit" },
    cpus: { is: "never", why: "it has no such limit" },
    "cpu-time": { is: "never", why: "it has no such limit" },
    processes: { is: "never", why: "it has no such limit" },
  },
  remarks: {
    network: "the host's own network",
    input: "the sandbox can mount read-only, but OBuilder's own builds copy their sources into the root file system",
  },
  ask: (wishes) => ({
    request: {
      cwd: directory,
      argv: command,
      hostname: "builder",
      user: wishes.root ? { uid: 0, gid: 0 } : { uid, gid },
      env: environment,
      mounts: wishes.input ? [{ src: "/srv/sources", dst: input, readonly: true }] : [],
      network: wishes.network ? ["host"] : [],
      mountSecrets: wishes.secret ? [{ value: "token", target: secret }] : [],
      entrypoint: null,
    },
    options: {
      arches: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
      configDir: "/srv/obuilder/run/0",
      resultsDir: "/srv/obuilder/result-tmp/0",
    },
  }),
};
