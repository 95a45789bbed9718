/** Facts of the machine under which a cell can really be started. */
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";

/** Facts, and one sentence for each that was made up. */
export interface RunnableFacts {
  readonly facts: JsonObject;
  readonly notes: readonly string[];
}

const usual = "100000:65536";

/**
 * `facts` as hostFacts gives them; where the caller is root and has no subordinate ids, with the usual ones. Root needs no
 * entry to map ids, but systems refuse to go on without one.
 */
export function runnableFacts(facts: JsonObject): RunnableFacts {
  const { host } = facts;
  if (!isObject(host) || host["uid"] !== 0) return { facts, notes: [] };
  const user = typeof host["user"] === "string" ? host["user"] : "root";
  const notes: string[] = [];
  const granted = (file: string, text: Json | undefined): Json | undefined => {
    if (text === undefined || (typeof text === "string" && hasEntry(text, user))) return text;
    notes.push(`${user} has no entry in ${file}; ${usual} is used instead`);
    return `${user}:${usual}\n${typeof text === "string" ? text : ""}`;
  };
  const files = {
    subuidFile: granted("/etc/subuid", host["subuidFile"]),
    subgidFile: granted("/etc/subgid", host["subgidFile"]),
  };
  const known = Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
  return { facts: { ...facts, host: { ...host, ...known } }, notes };
}

function hasEntry(text: string, user: string): boolean {
  return text.split("\n").some((line) => line.startsWith(`${user}:`) || line.startsWith("0:"));
}
