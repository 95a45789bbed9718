/** The intent as a request to crossplane. Fact sheet: crossplane, sections 3, 5 and 8. */
import { buildFacts } from "./build-facts.ts";
import type { Mapping } from "./mapping.ts";

const { command, cpus, directory, environment, gid, memoryBytes, uid } = buildFacts;

/** A function is an image that gets its input on one stream and answers on the other. The options are in the bundlers' order. */
export const askCrossplane: Mapping = {
  system: "crossplane",
  fixed: {
    shell: { is: "elsewhere", why: "the image has one or not" },
    "user-namespace": {
      is: "elsewhere",
      why: "what starts the runtime is already in a user namespace of its own, and the config stays in it",
    },
    "read-only-root": { is: "always", why: "both bundlers make the root file system read-only" },
    input: {
      is: "never",
      why: "a function gets what it works on as its standard input; there are no mounts to ask for",
    },
    output: { is: "never", why: "a function answers on its standard output; it can write to a small /tmp only" },
    secret: { is: "never", why: "it knows no secrets" },
    "cpu-time": { is: "never", why: "it has a time-out, but no limit of processor time" },
    processes: { is: "never", why: "the limit is 32768 for every function" },
  },
  remarks: {
    network: "the network of whoever runs functions",
  },
  ask: (wishes) => ({
    request: {
      options: [
        {
          kind: "imageConfig",
          config: {
            hostname: "",
            entrypoint: command,
            cmd: [],
            env: environment.map(([name, value]) => `${name}=${value}`),
            workingDir: directory,
            user: wishes.root ? "0:0" : `${uid}:${gid}`,
          },
          passwd: null,
          group: null,
        },
        { kind: "rootFS", path: "rootfs", readonly: true },
        {
          kind: "runFunctionConfig",
          cpu: wishes.cpus ? String(cpus) : "",
          memory: wishes.memory ? String(memoryBytes) : "",
          networkPolicy: wishes.network ? "RUNNER" : "ISOLATED",
        },
      ],
    },
    options: {},
  }),
};
