/** OBuilder's runc sandbox. */
import type { Json } from "../../json/value.ts";
import type { Operation, System } from "../system.ts";
import { findArches, readArchesRequest } from "./arches.ts";
import { makeBundle } from "./make-bundle.ts";
import { makeConfig } from "./make-config.ts";
import { readBundleOptions, readCommonOptions, readConfigOptions } from "./options.ts";
import { planBundle } from "./plan-bundle.ts";
import { readRequest } from "./request.ts";

const config: Operation = {
  effects: "none",
  title: "config.json of one build step",
  run: (request, options) => makeConfig(readRequest(request), readConfigOptions(options)),
};

const arches: Operation = {
  effects: "none",
  title: "the architectures for seccomp, from what uname -m printed",
  run(request, options) {
    readCommonOptions(options);
    return findArches(readArchesRequest(request));
  },
};

const bundle: Operation = {
  effects: "none",
  title: "the files of a bundle and the command that runs it",
  run: (request, options) => makeBundle(readRequest(request), readBundleOptions(options)),
};

const exampleRequest: Json = {
  cwd: "/src",
  argv: ["/bin/bash", "-c", "make"],
  hostname: "builder",
  user: { uid: 1000, gid: 1000 },
  env: [
    ["PATH", "/usr/local/bin:/usr/bin:/bin"],
    ["HOME", "/home/opam"],
  ],
  mounts: [{ src: "/srv/obuilder/cache-tmp/0-opam", dst: "/home/opam/.opam/download-cache", readonly: false }],
  network: ["host"],
  mountSecrets: [{ value: "s3cret", target: "/run/secrets/token" }],
  entrypoint: null,
};

const exampleOptions: Json = {
  fastSync: true,
  arches: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
  configDir: "/srv/obuilder/run/0",
  resultsDir: "/srv/obuilder/result-tmp/0",
};

/** The system `obuilder`: builds described as specs, each step in a container of its own. */
export const obuilder: System = {
  name: "obuilder",
  upstream: { project: "ocurrent/obuilder", url: "https://github.com/ocurrent/obuilder" },
  revisions: [{ id: "v0.5.1", commit: "7015f4f00ac5183c70b27d044e8582b6c33105bd", date: "2023-02-17" }],
  operations: Object.assign(Object.create(null), { config, arches, bundle }),
  hostFacts: ["arches"],
  example: { request: exampleRequest, options: exampleOptions },
  bundlePlan: planBundle,
};
