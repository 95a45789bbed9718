/** Refuses a root file system outside the cell. */
import { isObject, type Json } from "../../json/value.ts";
import { climbs, hostPath, isBelow } from "../view/path.ts";
import { type AdmissionContext, type Refusal, refuse } from "./context.ts";

/** Refuses `root` of a config unless its path lies below the cell. */
export function refuseRoot(root: Json | undefined, context: AdmissionContext): readonly Refusal[] {
  if (!isObject(root)) return [refuse("/root", "there is no root file system, so the runtime would choose one")];
  const path = root["path"];
  if (typeof path !== "string" || path === "") return [refuse("/root/path", "the root file system has no path")];
  if (climbs(path)) return [refuse("/root/path", `the root file system "${path}" climbs with ".."`)];
  if (isBelow(hostPath(context.bundle, path), context.cell)) return [];
  return [refuse("/root/path", `the root file system "${path}" is not below the cell`)];
}
