/** Performs the operation of a case in memory. */
import type { Json } from "../json/value.ts";
import { Misfit } from "../systems/misfit.ts";
import { Rejection } from "../systems/rejection.ts";
import type { Operation } from "../systems/system.ts";
import type { PlacedCase } from "./case.ts";
import { mapStrings } from "./map-strings.ts";
import { memoryHost, memoryPid } from "./memory-host.ts";
import { fillTokens, type Tokens } from "./substitute.ts";
import { treeJson, treeOf } from "./tree-json.ts";

/** What an operation did. `leaves` is the tree below {{tmp}} afterwards, where the case speaks of it. */
export type Outcome =
  | { readonly value: Json; readonly leaves?: Json }
  /** Refused by the system, in upstream's words; `code` is ours. */
  | { readonly rejects: string; readonly code: string; readonly class?: string; readonly leaves?: Json }
  /** Refused because the request or the options do not fit their type. */
  | { readonly misfit: string; readonly pointer: string };

const directory = "/cupel-tmp";
const tokens: Tokens = { tmp: directory, pid: memoryPid };

/**
 * The outcome of `operation` for the request of `c`, on a host that holds what the case gives and nothing else. Results
 * speak of {{tmp}} and {{pid}}, as the table does. Throws only what is a bug of the operation.
 */
export function perform(c: PlacedCase, operation: Operation): Outcome {
  const given = c.given === undefined ? [] : treeOf(fillTokens(treeJson(c.given), tokens));
  const host = memoryHost({ tree: [{ path: directory, type: "dir" }, ...given] });
  const leaves = (): { readonly leaves?: Json } =>
    c.leaves === undefined ? {} : { leaves: restore(treeJson(host.tree(directory))) };
  try {
    const value = operation.run(fillTokens(c.request, tokens), fillTokens(c.options ?? {}, tokens), host);
    return { value: restore(value), ...leaves() };
  } catch (error) {
    if (error instanceof Misfit) return { misfit: error.message, pointer: error.pointer };
    if (!(error instanceof Rejection)) throw error;
    const { code, message } = error;
    const kind = error.class === undefined ? {} : { class: error.class };
    return { rejects: restoreText(message), code, ...kind, ...leaves() };
  }
}

function restore(value: Json): Json {
  return mapStrings(value, restoreText);
}

function restoreText(text: string): string {
  let restored = text;
  if (restored.includes(directory)) restored = restored.replaceAll(directory, "{{tmp}}");
  if (restored.includes(`${memoryPid}`)) restored = restored.replaceAll(`${memoryPid}`, "{{pid}}");
  return restored;
}
