/** Refuses configs that would act in namespaces other than the cell's own. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { climbs, hostPath, isBelow } from "../view/path.ts";
import { type AdmissionContext, type Refusal, refuse } from "./context.ts";

/**
 * Refuses `linux.namespaces` without a mount namespace of the cell's own (a runtime would mount in its caller's), and every
 * namespace joined by a path that is not the cell's. Refuses a host name without a namespace to hold it.
 */
export function refuseNamespaces(config: JsonObject, context: AdmissionContext): readonly Refusal[] {
  const linux = config["linux"];
  const list = isObject(linux) ? (linux["namespaces"] ?? []) : [];
  if (!isArray(list)) return [refuse("/linux/namespaces", "the namespaces are not a list")];
  return [
    ...list.flatMap((namespace, index) => refuseEntry(namespace, `/linux/namespaces/${index}`, context)),
    ...(has(list, "mount") ? [] : [refuse("/linux/namespaces", "there is no mount namespace of the cell's own")]),
    ...(has(list, "uts") ? [] : ["hostname", "domainname"].flatMap((key) => refuseName(config, key))),
  ];
}

function refuseEntry(namespace: Json, at: string, context: AdmissionContext): readonly Refusal[] {
  if (!isObject(namespace)) return [refuse(at, "the namespace is not an object")];
  const { type, path } = namespace;
  if (typeof type !== "string") return [refuse(`${at}/type`, "the namespace has no type")];
  if (path === undefined) return [];
  if (type === "mount") return [refuse(`${at}/path`, "the mount namespace would be joined, not made")];
  const plain = typeof path === "string" && path.startsWith("/") && !climbs(path);
  if (plain && isBelow(hostPath("/", path), context.cell)) return [];
  return [refuse(`${at}/path`, `the ${type} namespace would be joined at a path that is not below the cell`)];
}

function refuseName(config: JsonObject, key: string): readonly Refusal[] {
  const name = config[key];
  if (name === undefined || name === "") return [];
  return [refuse(`/${key}`, `the ${key} would be the machine's: there is no uts namespace of the cell's own`)];
}

function has(list: readonly Json[], type: string): boolean {
  return list.some((each) => isObject(each) && each["type"] === type && each["path"] === undefined);
}
