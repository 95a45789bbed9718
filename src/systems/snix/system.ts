/** snix: its builds in OCI containers. */
import type { Json } from "../../json/value.ts";
import type { Operation, System } from "../system.ts";
import { makeBundle } from "./make-bundle.ts";
import { makeConfig } from "./make-config.ts";
import { readBundleOptions, readCommonOptions, readConfigOptions, readHostOptions } from "./options.ts";
import { hostOutputPaths, readOutputPathsRequest } from "./output-paths.ts";
import { planBundle } from "./plan-bundle.ts";
import { readBuildRequest, readBundleRequest, readEmptyRequest, readWireRequest } from "./read-request.ts";
import { revisions } from "./revisions.ts";
import { readScratchNameRequest, scratchName } from "./scratch-name.ts";
import { findSubordinateId, readSubordinateIdQuery } from "./subordinate-id.ts";
import { findSubordinateIds } from "./subordinate-ids.ts";
import { validateRequest } from "./validate-request.ts";

const config: Operation = {
  effects: "none",
  title: "config.json of one build",
  run: (request, options) => makeConfig(readBuildRequest(request), readConfigOptions(options)),
};

const bundle: Operation = {
  effects: "files",
  title: "the bundle directory of one build",
  run: (request, options, host) => makeBundle(readBundleRequest(request), readBundleOptions(options), host),
};

const hostOutputs: Operation = {
  effects: "none",
  title: "where the outputs of a build are on the host",
  run(request, options) {
    readCommonOptions(options);
    return hostOutputPaths(readOutputPathsRequest(request));
  },
};

const scratch: Operation = {
  effects: "none",
  title: "the name of the host directory behind a scratch path",
  run(request, options) {
    readCommonOptions(options);
    return scratchName(readScratchNameRequest(request).path);
  },
};

const subordinateId: Operation = {
  effects: "none",
  title: "the first id that a file such as /etc/subuid grants a user",
  run(request, options) {
    readCommonOptions(options);
    return findSubordinateId(readSubordinateIdQuery(request));
  },
};

const subordinateIds: Operation = {
  effects: "none",
  title: "the ids of the user who builds, with one further user and group id",
  run(request, options) {
    readEmptyRequest(request);
    const { host, revision } = readHostOptions(options);
    return findSubordinateIds(host, revision);
  },
};

const validate: Operation = {
  effects: "none",
  title: "the request as typed, when it comes over the wire",
  run(request, options) {
    readCommonOptions(options);
    return validateRequest(readWireRequest(request));
  },
};

const exampleRequest: Json = {
  inputs: ["1hz1r6vwl3s8m0z8dv5mzzsyl8s1p4pq-bash-5.2p37"],
  commandArgs: ["/nix/store/1hz1r6vwl3s8m0z8dv5mzzsyl8s1p4pq-bash-5.2p37/bin/bash", "-e", "/build/builder.sh"],
  workingDir: "build",
  scratchPaths: ["build", "nix/store"],
  inputsDir: "nix/store",
  outputs: ["nix/store/fhaj6gmwns62s6ypkcldbaj2ybvkhx3p-hello"],
  environmentVars: [
    { key: "HOME", value: "/homeless-shelter" },
    { key: "NIX_STORE", value: "/nix/store" },
    { key: "PATH", value: "/path-not-set" },
    { key: "out", value: "/nix/store/fhaj6gmwns62s6ypkcldbaj2ybvkhx3p-hello" },
  ],
  constraints: { system: "x86_64-linux", provideBinSh: true },
  additionalFiles: [{ path: "build/builder.sh", contents: "echo hello > $out\n" }],
  refscanNeedles: ["fhaj6gmwns62s6ypkcldbaj2ybvkhx3p"],
};

const exampleOptions: Json = {
  rootless: true,
  sandboxShell: "/opt/sandbox/bin/sh",
  host: { uid: 1000, gid: 1000, user: "builder", group: "builder", subuid: 100000, subgid: 200000 },
};

/** The system `snix`: Nix builds, each in a container of its own. */
export const snix: System = {
  name: "snix",
  upstream: { project: "snix, crate snix-build", url: "https://git.snix.dev/snix/snix" },
  revisions,
  operations: Object.assign(Object.create(null), {
    config,
    bundle,
    hostOutputPaths: hostOutputs,
    scratchName: scratch,
    subordinateId,
    subordinateIds,
    validate,
  }),
  hostFacts: ["host.uid", "host.gid", "host.user", "host.group", "host.subuidFile", "host.subgidFile"],
  example: { request: exampleRequest, options: exampleOptions },
  bundlePlan: planBundle,
};
