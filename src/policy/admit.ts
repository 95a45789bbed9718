/** Admission: the pure decision whether a config may be handed to a runtime at all. */
import { isObject, type Json } from "../json/value.ts";
import { validateConfig } from "../oci/validate.ts";
import { refuseCommand } from "./admission/command.ts";
import { type AdmissionContext, type Refusal, refuse } from "./admission/context.ts";
import { refuseHostReach } from "./admission/host-reach.ts";
import { refuseMounts } from "./admission/mounts.ts";
import { refuseNamespaces } from "./admission/namespaces.ts";
import { refuseRoot } from "./admission/root.ts";
import { refuseStrings } from "./admission/strings.ts";
import { climbs, hostPath, isBelow } from "./view/path.ts";

export type { AdmissionContext, AdmissionException, Refusal } from "./admission/context.ts";

/**
 * Every reason not to run `config` in the cell of `context`; none means that it may run. Whatever the config says, a runtime
 * then acts on nothing but the cell's own files, a few documented host paths read-only, and cgroups below our prefix. It is
 * decided by the text alone: that no path of the cell leads through a link is for the caller to see to.
 *
 * Validation errors refuse too, except those of `knownFindings`; the checks here do not lean on them.
 */
export function admit(config: Json, context: AdmissionContext): readonly Refusal[] {
  if (!isCleanCell(context)) return [refuse("", `"${context.cell}" with bundle "${context.bundle}" is no cell`)];
  if (!isObject(config)) return [refuse("", "the config is not an object")];
  return [
    ...refuseStrings(config),
    ...refuseRoot(config["root"], context),
    ...refuseMounts(config["mounts"], context),
    ...refuseNamespaces(config, context),
    ...refuseHostReach(config, context),
    ...refuseCommand(config["process"], context),
    ...refuseInvalid(config, context.knownFindings ?? []),
  ];
}

/** A mistake of ours in the context must not admit anything. */
function isCleanCell({ cell, bundle, cgroupPrefix }: AdmissionContext): boolean {
  const clean = [cell, bundle, cgroupPrefix].every((path) => !climbs(path) && path === hostPath("/", path));
  return clean && cell !== "/" && cgroupPrefix !== "/" && (bundle === cell || isBelow(bundle, cell));
}

function refuseInvalid(config: Json, known: readonly string[]): readonly Refusal[] {
  return validateConfig(config)
    .filter(({ level, code }) => level === "error" && !known.includes(code))
    .map(({ pointer, code, message }) => refuse(pointer, `${code}: ${message}`));
}
