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
import { removeTree } from "../execute/jail/remove-tree.ts";
import { askHelperMeanwhile } from "./ask-helper.ts";
import { plantTree } from "./plant-tree.ts";
import { readTree } from "./read-tree.ts";
import { makeScratchDirectory } from "./scratch-directory.ts";

/**
 * The outcome of the case `c`, whose files are made in a fresh directory and removed afterwards. To be called in a jail:
 * the operation makes namespaces of its own there. Throws CupelError when the machine has no answer.
 */
export async function performReal(c: PlacedCase): Promise<Outcome> {
  const tmp = makeScratchDirectory();
  const places = { tmp, pid: process.pid };
  // Process ids are small numbers in a jail: they would be found in many texts.
  const restore = (value: Json): Json => mapStrings(value, (text) => text.replaceAll(tmp, "{{tmp}}"));
  const leaves = (): { readonly leaves?: Json } => (c.leaves === undefined ? {} : { leaves: restore(readTree(tmp)) });
  try {
    plantTree(tmp, treeOf(fillPlaceholders(treeJson(c.given ?? []), places)));
    const value = await askHelperMeanwhile({
      kind: "operation",
      system: c.system,
      operation: c.operation,
      request: fillPlaceholders(c.request, places),
      options: fillPlaceholders(c.options ?? {}, places),
      below: [tmp],
    });
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
