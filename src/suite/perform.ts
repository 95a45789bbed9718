/** Performs the operation of a case in memory. */
import { CupelError } from "../errors.ts";
import type { Json } from "../json/value.ts";
import { Misfit } from "../systems/misfit.ts";
import { Rejection } from "../systems/rejection.ts";
import type { Operation } from "../systems/system.ts";
import type { PlacedCase } from "./case.ts";
import { type MemoryHost, memoryHost, memoryPid } from "./memory-host.ts";
import { fillPlaceholders, type Places, restorePlaceholders } from "./placeholders.ts";
import { treeJson, treeOf } from "./tree-json.ts";

/** What an operation did. `leaves` is the tree below {{tmp}} afterwards, where the case speaks of it. */
export type Outcome =
  | { readonly value: Json; readonly leaves?: Json }
  /** Refused by the system, in upstream's words; `code` is ours. */
  | { readonly rejects: string; readonly code: string; readonly class?: string; readonly leaves?: Json }
  /** Not done, since real hands would do harm: why. Nobody's words are compared. */
  | { readonly refused: string; readonly leaves?: Json }
  /** Refused because the request or the options do not fit their type. */
  | { readonly misfit: string; readonly pointer: string };

const places: Places = { tmp: "/cupel-tmp", pid: memoryPid };

/**
 * The outcome of `operation` for the request of `c`, on a host that holds what the case gives and nothing else; a `careful`
 * one refuses what real hands refuse. Results speak of {{tmp}} and {{pid}}, as the table does. Throws only what is a bug of
 * the operation.
 */
export function perform(c: PlacedCase, operation: Operation, careful = false): Outcome {
  const given = c.given === undefined ? [] : treeOf(fillPlaceholders(treeJson(c.given), places));
  const host = memoryHost({ tree: [{ path: places.tmp, type: "dir" }, ...given], careful });
  const written = c.options ?? {};
  const request = fillPlaceholders(c.request, places);
  const options = fillPlaceholders(written, places);
  // What touches nothing and was told of no place cannot speak of one.
  const knowsPlaces = operation.effects !== "none" || request !== c.request || options !== written;
  try {
    const value = operation.run(request, options, host);
    return { value: knowsPlaces ? restorePlaceholders(value, places) : value, ...leavesOf(c, host) };
  } catch (error) {
    if (error instanceof Misfit) return { misfit: error.message, pointer: error.pointer };
    if (error instanceof CupelError && error.code === "refused-for-safety") {
      return { refused: String(restorePlaceholders(error.message, places)), ...leavesOf(c, host) };
    }
    if (!(error instanceof Rejection)) throw error;
    const rejects = String(restorePlaceholders(error.message, places));
    const kind = error.class === undefined ? {} : { class: error.class };
    return { rejects, code: error.code, ...kind, ...leavesOf(c, host) };
  }
}

function leavesOf(c: PlacedCase, host: MemoryHost): { readonly leaves?: Json } {
  if (c.leaves === undefined) return {};
  return { leaves: restorePlaceholders(treeJson(host.tree(places.tmp)), places) };
}
