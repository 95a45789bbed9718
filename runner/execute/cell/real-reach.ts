/**
 * Admission judges paths as they are written; this judges them as they are on disk, once a cell is made: a link among
 * its fixtures must not lead a bind, or the root file system, out of the cell.
 */
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { isArray, isObject, type Json } from "../../../src/json/value.ts";
import { type Refusal, refuse } from "../../../src/policy/admission/context.ts";

/** What `config` reaches outside `directory` (absolute) though it is written as if it lay inside. */
export function refuseRealReach(config: Json, bundle: string, directory: string): readonly Refusal[] {
  if (!isObject(config)) return [];
  const { root, mounts } = config;
  const real = realpathSync.native(directory);
  const refusals: Refusal[] = [];
  const look = (pointer: string, path: Json | undefined): void => {
    if (typeof path !== "string") return;
    const written = resolve(bundle, path);
    if (written !== directory && !written.startsWith(`${directory}/`)) return; // a documented host path
    const leads = realOf(written);
    if (leads === undefined || leads === real || leads.startsWith(`${real}/`)) return;
    refusals.push(refuse(pointer, `"${path}" leads out of the cell through a link, to "${leads}"`));
  };
  look("/root/path", isObject(root) ? root["path"] : undefined);
  if (isArray(mounts)) {
    for (const [index, mount] of mounts.entries()) {
      if (isObject(mount) && isBind(mount)) look(`/mounts/${index}/source`, mount["source"]);
    }
  }
  const linux = config["linux"];
  const namespaces = isObject(linux) ? linux["namespaces"] : undefined;
  if (isArray(namespaces)) {
    for (const [index, namespace] of namespaces.entries()) {
      if (isObject(namespace)) look(`/linux/namespaces/${index}/path`, namespace["path"]);
    }
  }
  return refusals;
}

function isBind({ type, options }: { readonly [key: string]: Json }): boolean {
  const binds = isArray(options) && (options.includes("bind") || options.includes("rbind"));
  return binds || type === "bind" || type === "none";
}

/** Undefined for what is not there: the runtime will say so. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
