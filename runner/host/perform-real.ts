/** Performs the operation of a case with real hands, in a jail. */
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { mapStrings } from "../../src/suite/map-strings.ts";
import type { Outcome } from "../../src/suite/perform.ts";
import { fillPlaceholders } from "../../src/suite/placeholders.ts";
import { treeJson, treeOf } from "../../src/suite/tree-json.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import type { Operation } from "../../src/systems/system.ts";
import { removeTree } from "../execute/jail/remove-tree.ts";
import { plantTree } from "./plant-tree.ts";
import { readTree } from "./read-tree.ts";
import { realHost } from "./real-host.ts";
import { realNamespaces } from "./real-namespaces.ts";
import { makeScratchDirectory } from "./scratch-directory.ts";

/**
 * The outcome of `operation` for the case `c`, whose files are made in a fresh directory (in `within`) and removed afterwards. To be called
 * in a jail, where the operation makes namespaces of its own; nothing else goes on in this process meanwhile. Throws
 * CupelError when the machine has no answer.
 */
export function performReal(c: PlacedCase, operation: Operation, within?: string): Outcome {
  const tmp = makeScratchDirectory(within);
  const places = { tmp, pid: process.pid };
  // Process ids are small numbers in a jail: they would be found in many texts.
  const restore = (value: Json): Json => mapStrings(value, (text) => text.replaceAll(tmp, "{{tmp}}"));
  const leaves = (): { readonly leaves?: Json } => (c.leaves === undefined ? {} : { leaves: restore(readTree(tmp)) });
  try {
    plantTree(tmp, treeOf(fillPlaceholders(treeJson(c.given ?? []), places)));
    const host = realHost(tmp, { namespaces: realNamespaces([tmp]) });
    const request = fillPlaceholders(c.request, places);
    const value = operation.run(request, fillPlaceholders(c.options ?? {}, places), host);
    return { value: restore(value), ...leaves() };
  } catch (error) {
    if (error instanceof Misfit) return { misfit: error.message, pointer: error.pointer };
    if (error instanceof Rejection) {
      return { rejects: String(restore(error.message)), code: error.code, ...leaves() };
    }
    if (!(error instanceof CupelError) || error.code !== "refused-for-safety") throw error;
    return { refused: String(restore(error.message)), ...leaves() };
  } finally {
    removeTree(tmp);
  }
}
