/** metalor's operations that touch files. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import { named } from "../../format/named.ts";
import { fit } from "../fit.ts";
import type { Operation } from "../system.ts";
import { copyPath } from "./copy-path.ts";
import { ensureIsolated } from "./ensure-isolated.ts";
import { text } from "./fields.ts";
import { finalize } from "./finalize.ts";
import { operation, withOptions } from "./operation.ts";
import { commonEntries } from "./options.ts";
import { prepareEmulator } from "./prepare-emulator.ts";
import { prepareHostDirectory } from "./prepare-host-directory.ts";
import { prepareMountTarget } from "./prepare-mount-target.ts";
import { prepareOciRootfs } from "./prepare-oci-rootfs.ts";
import { prepareRuntimeRoot, prepareRuntimeWorkspace } from "./prepare-runtime.ts";
import { resetStage } from "./reset-stage.ts";
import { ensureSentinel, prepareSentinel, writeSentinel } from "./sentinel.ts";
import { commandSchema, specSchema } from "./spec.ts";
import { stage } from "./stage.ts";
import { imageTools } from "./stand-ins/image-tools.ts";
import { writeRequest } from "./write-request.ts";

const flag = v.exactOptional(v.boolean());
const ownPath = v.exactOptional(closed({ PATH: v.exactOptional(text) }));
const stub = closed({ skopeoFails: flag, umociFails: flag, umociMakesNoRootfs: flag, noTools: flag });
const archiveEntries = v.exactOptional(v.array(v.unknown()));

const emulatorOptions = closed({ ...commonEntries, env: ownPath });
const imageOptions = closed({ ...commonEntries, stub: v.exactOptional(stub) });
const stageOptions = closed({ ...commonEntries, archiveEntries });

/** Operations with the effects `files`, by name. */
export const fileOperations: { readonly [name: string]: Operation } = {
  stage: withOptions(
    "files",
    "the stage of a cell: workspace, imports and caches, copied from the host",
    closed({ spec: specSchema }),
    (options) => fit(stageOptions, options, "/options"),
    ({ spec }, _, host) => {
      resetStage(host, spec.scratch);
      stage(host, spec);
      return true;
    },
  ),

  resetStage: operation("files", "an empty scratch directory", { scratch: text }, ({ scratch }, host) => {
    resetStage(host, scratch);
    return true;
  }),

  copyPath: operation(
    "files",
    "a file, link or tree copied over what is there",
    { source: text, destination: text },
    ({ source, destination }, { files }) => {
      copyPath(files, source, destination);
      return true;
    },
  ),

  finalize: operation(
    "files",
    "caches brought back, exports copied out, and the scratch directory removed or kept",
    { spec: specSchema, commandSucceeded: v.boolean() },
    ({ spec, commandSucceeded }, host) => finalize(host, spec, commandSucceeded),
  ),

  prepareMountTarget: operation(
    "files",
    "a place in a root to mount on, made without following links",
    { root: text, destination: text, expectDirectory: v.boolean(), context: text },
    (request, host) => ({ path: prepareMountTarget(host, request) }),
  ),

  prepareHostDirectory: operation(
    "files",
    "a directory of the host, made without following links",
    { path: text, context: text },
    ({ path, context }, host) => ({ path: prepareHostDirectory(host, path, context) }),
  ),

  prepareRuntimeRoot: operation(
    "files",
    "a root below its prefix, marked with it",
    { root: text, canonicalPrefix: text },
    ({ root, canonicalPrefix }, host) => ({ path: prepareRuntimeRoot(host, root, canonicalPrefix) }),
  ),

  prepareRuntimeWorkspace: operation(
    "files",
    "a directory below the prefix",
    { root: text, canonicalPrefix: text, context: text },
    ({ root, canonicalPrefix, context }, host) => ({
      path: prepareRuntimeWorkspace(host, root, canonicalPrefix, context),
    }),
  ),

  prepareSentinel: operation("files", "the file that marks a root", { root: text }, ({ root }, { files }) => ({
    path: prepareSentinel(files, root),
  })),

  writeSentinel: operation(
    "files",
    "the prefix written into the sentinel of a root",
    { root: text, canonicalPrefix: text },
    ({ root, canonicalPrefix }, { files }) => {
      writeSentinel(files, root, canonicalPrefix);
      return true;
    },
  ),

  ensureSentinel: operation(
    "files",
    "whether a root is marked with its prefix",
    { root: text, canonicalPrefix: text },
    ({ root, canonicalPrefix }, { files }) => {
      ensureSentinel(files, root, canonicalPrefix);
      return true;
    },
  ),

  ensureIsolated: operation(
    "files",
    "whether a process may run a command: isolated, and in a declared root",
    { env: named(text), hostMountNamespace: v.boolean(), command: commandSchema },
    ({ env, hostMountNamespace, command }, host) => {
      ensureIsolated(host, { env, inHostMountNamespace: () => hostMountNamespace }, command);
      return true;
    },
  ),

  writeRequest: operation(
    "files",
    "the request of a cell as a file",
    { path: text, spec: specSchema },
    ({ path, spec }, host) => ({ content: writeRequest(host, path, spec) }),
  ),

  prepareEmulator: withOptions(
    "files",
    "the emulator for a foreign architecture, put into a root",
    closed({ runtimeRoot: text, hostArch: text, guestArch: text }),
    (options) => fit(emulatorOptions, options, "/options"),
    (request, { env }, host) => {
      const path = env === undefined ? host.process.env["PATH"] : env.PATH;
      return { emulator: prepareEmulator(host, request, path) };
    },
  ),

  prepareOciRootfs: withOptions(
    "files",
    "a root made from an OCI image",
    closed({
      reference: text,
      runtimeRootPrefix: text,
      runtimePackageRoot: text,
      cacheRoot: v.nullable(text),
      requestedArch: v.nullable(text),
    }),
    (options) => fit(imageOptions, options, "/options"),
    (request, options, host) => {
      const commands: (readonly string[])[] = [];
      const tools = options.stub === undefined ? host.tools : imageTools(host.files, options.stub);
      const run: typeof tools.run = (argv, where) => {
        const result = tools.run(argv, where);
        commands.push(argv);
        return result;
      };
      return { path: prepareOciRootfs(host, { run }, request), commands };
    },
  ),
};
