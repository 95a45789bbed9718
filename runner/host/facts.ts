/** The options that come from the machine. */
import { readFileSync } from "node:fs";
import os from "node:os";
import process from "node:process";
import type { Json, JsonObject } from "../../src/json/value.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { findOperation } from "../../src/systems/registry.ts";
import type { System } from "../../src/systems/system.ts";
import { freeLoopDevice, goArchitecture, inUserNamespace, seccompSupported } from "./daemon-facts.ts";
import { boundingSet, supplementaryGroups } from "./process-status.ts";

/** The facts of `system.hostFacts`, nested as options are: `host.uid` is `{ host: { uid } }`. A fact this machine lacks is left out. */
export function hostFacts({ hostFacts: names }: Pick<System, "hostFacts">): JsonObject {
  const facts: Record<string, Json> = {};
  for (const name of names) {
    const find = Object.hasOwn(finders, name) ? finders[name] : undefined;
    if (find === undefined) throw new Error(`No way is known to find the fact ${name} of a machine`);
    const value = find();
    if (value !== undefined) put(facts, name.split("."), value);
  }
  return facts;
}

/** By dotted name. */
const finders: { readonly [name: string]: () => Json | undefined } = {
  "host.uid": () => ownId("uid"),
  "host.gid": () => ownId("gid"),
  "host.groups": () => supplementaryGroups(),
  "host.capabilities": () => boundingSet(),
  "host.user": () => nameOf(textOf("/etc/passwd"), ownId("uid")),
  "host.group": () => nameOf(textOf("/etc/group"), ownId("gid")),
  "host.subuidFile": () => textOf("/etc/subuid"),
  "host.subgidFile": () => textOf("/etc/subgid"),
  arch: goArchitecture,
  seccompSupported,
  inUserNS: inUserNamespace,
  freeLoopId: freeLoopDevice,
  hostEtcResolvConf: () => textOf("/etc/resolv.conf"),
  arches: () => findOperation("obuilder", "arches").run({ unameOutput: `${os.machine()}\n` }, {}, memoryHost()),
};

/** The effective id; 0 where there is none. */
function ownId(kind: "uid" | "gid"): number {
  return (kind === "uid" ? process.geteuid?.() : process.getegid?.()) ?? 0;
}

/** The text of a file of the host, null when there is none that can be read. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/**
 * The name that a passwd(5) or group(5) text gives to `id`: its first line with that number in the third field. Null when
 * there is none. Read directly, since a library call might ask a directory service.
 */
export function nameOf(text: string | null, id: number): string | null {
  for (const line of (text ?? "").split("\n")) {
    const [name, , number] = line.split(":");
    if (name !== undefined && name !== "" && number === String(id)) return name;
  }
  return null;
}

function put(target: Record<string, Json>, [first = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const inner: Record<string, Json> = { ...(target[first] as JsonObject | undefined) };
  put(inner, rest, value);
  target[first] = inner;
}
