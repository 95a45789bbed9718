/** Refuses texts that a runtime reads differently from us. */
import { pointerOf } from "../../json/pointer.ts";
import { isArray, isObject, type Json } from "../../json/value.ts";
import { type Refusal, refuse } from "./context.ts";

/** Keys that admission looks at. Where one of them is meant, nothing else may stand in its place. */
const keys: readonly string[] = [
  "root",
  "path",
  "mounts",
  "destination",
  "type",
  "source",
  "options",
  "process",
  "args",
  "hostname",
  "domainname",
  "hooks",
  "annotations",
  "linux",
  "namespaces",
  "cgroupsPath",
  "devices",
  "netDevices",
  "sysctl",
  "seccomp",
  "listenerPath",
  "listenerMetadata",
  "rootfsPropagation",
  "intelRdt",
  "vm",
  "windows",
  "solaris",
  "freebsd",
  "zos",
];

const byFold: ReadonlyMap<string, string> = new Map(keys.map((key) => [fold(key), key]));

/** Objects whose keys are free words, not names of the specification. */
const freeForm: readonly string[] = [
  "/annotations",
  "/linux/sysctl",
  "/linux/resources/unified",
  "/linux/resources/rdma",
];

/**
 * Refuses, anywhere in `config`: a NUL, where a runtime written in C ends the text; and a key that differs from a known one
 * only in case, which runtimes written in Go take for it (encoding/json) and which would so pass every other check.
 */
export function refuseStrings(config: Json): readonly Refusal[] {
  return walk(config, []);
}

function walk(value: Json, place: readonly (string | number)[]): readonly Refusal[] {
  if (typeof value === "string") {
    return value.includes("\0") ? [refuse(pointerOf(place), "a text holds NUL, where some runtimes end it")] : [];
  }
  if (isArray(value)) return value.flatMap((item, index) => walk(item, [...place, index]));
  if (!isObject(value)) return [];
  const names = !freeForm.includes(pointerOf(place));
  return Object.keys(value).flatMap((key) => {
    const own = [...place, key];
    const below = walk(value[key] ?? null, own);
    const problem = names ? whyNotKey(key) : undefined;
    return problem === undefined ? below : [refuse(pointerOf(own), problem), ...below];
  });
}

function whyNotKey(key: string): string | undefined {
  if (key.includes("\0")) return "a key holds NUL, where some runtimes end it";
  const known = byFold.get(fold(key));
  if (known === undefined || known === key) return undefined;
  return `some runtimes take the key "${key}" for "${known}"`;
}

/** Go folds the two letters outside ASCII that have an ASCII form: U+017F (long s) and U+212A (Kelvin). */
function fold(key: string): string {
  return key.replaceAll("\u017f", "s").replaceAll("\u212a", "k").toLowerCase();
}
