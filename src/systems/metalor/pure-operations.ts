/** metalor's operations that touch nothing. */
import * as v from "valibot";
import type { Json } from "../../json/value.ts";
import type { Operation } from "../system.ts";
import { normalizeArch, requestedOciArch, requiredQemuBinary } from "./architectures.ts";
import { checkDistinct } from "./canonical-path.ts";
import { helperBinaryPath, qemuRegistration } from "./emulator.ts";
import { text } from "./fields.ts";
import { isolationCommand } from "./isolation.ts";
import { hasMountCovering, mountCovers } from "./mounts.ts";
import { cacheKey, ociReference } from "./oci-reference.ts";
import { operation } from "./operation.ts";
import { planCell } from "./plan.ts";
import { resolveExport } from "./resolve-export.ts";
import { commandSchema, limitsSchema, specSchema } from "./spec.ts";
import { requestPath } from "./stage-layout.ts";
import { validateCommand } from "./validate-command.ts";
import { validateSpec } from "./validate-spec.ts";

const spec = { spec: specSchema };
const arch = { arch: text };

/** Operations with the effects `none`, by name. */
export const pureOperations: { readonly [name: string]: Operation } = {
  plan: operation("none", "the command of a cell, with its mounts", spec, (request) => planCell(request.spec)),

  validate: operation("none", "whether a cell is acceptable", spec, (request) => {
    validateSpec(request.spec);
    return true;
  }),

  containerRequest: operation("none", "whether a command is acceptable", { command: commandSchema }, ({ command }) => {
    validateCommand(command);
    return true;
  }),

  mountCovers: operation(
    "none",
    "whether a mount takes the place of a path",
    { mountDestination: text, target: text },
    ({ mountDestination, target }) => mountCovers(mountDestination, target),
  ),

  hasMountCovering: operation(
    "none",
    "whether any mount of a command takes the place of a path",
    { command: commandSchema, target: text },
    ({ command, target }) => hasMountCovering(command, target),
  ),

  resolveExport: operation(
    "none",
    "where on the host a path of the cell is",
    { spec: specSchema, target: text },
    (request) => resolveExport(request.spec, request.target),
  ),

  isolationReexec: operation(
    "none",
    "the command that starts a program anew in namespaces",
    {
      currentExe: text,
      subcommand: text,
      canonicalPrefix: text,
      trailingArgs: v.array(text),
      disableNetwork: v.boolean(),
    },
    ({ canonicalPrefix, trailingArgs, disableNetwork, ...caller }) =>
      isolationCommand(caller, canonicalPrefix, trailingArgs, disableNetwork),
  ),

  requestPath: operation("none", "where the request of a cell lies", { scratch: text }, ({ scratch }) =>
    requestPath(scratch),
  ),

  distinctPaths: operation(
    "none",
    "whether root and scratch lie apart",
    { root: text, scratch: text },
    ({ root, scratch }) => {
      checkDistinct(root, scratch);
      return true;
    },
  ),

  normalizeArch: operation("none", "the one name of an architecture", arch, (request) => normalizeArch(request.arch)),

  requestedOciArch: operation("none", "what OCI images call an architecture", { arch: v.nullable(text) }, (request) =>
    requestedOciArch(request.arch),
  ),

  requiredQemuBinary: operation("none", "the emulator for an architecture", arch, (request) =>
    requiredQemuBinary(request.arch),
  ),

  helperBinaryPath: operation("none", "the path of a helper in a root", { binaryName: text }, ({ binaryName }) =>
    helperBinaryPath(binaryName),
  ),

  qemuRegistration: operation(
    "none",
    "the line that registers an emulator with the kernel",
    { ruleName: text, emulatorPath: text },
    ({ ruleName, emulatorPath }) => qemuRegistration(ruleName, emulatorPath),
  ),

  ociReference: operation("none", "an image reference with its transport", { reference: text }, ({ reference }) =>
    ociReference(reference),
  ),

  cacheKey: operation(
    "none",
    "what identifies an image in the cache",
    { reference: text, requestedOciArch: v.nullable(text) },
    (request) => cacheKey(request.reference, request.requestedOciArch),
  ),

  backendCaps: operation("none", "what upstream can do on Linux", {}, () => linuxCapabilities),

  limitsUnbounded: operation("none", "whether no limit is set", { limits: limitsSchema }, ({ limits }) =>
    Object.values(limits).every((limit) => limit === null),
  ),
};

/** Fact sheet: upstream src/runtime/linux.rs, BackendCaps. */
const linuxCapabilities: Json = {
  ociRootfs: true,
  liveBindMounts: true,
  foreignArchExec: true,
  perJobNetworkToggle: true,
  profileSelectedNetwork: false,
};
