/** The systems, by name. */
import { closest } from "fastest-levenshtein";
import { CupelError } from "../errors.ts";
import { buildkit } from "./buildkit/system.ts";
import { crossplane } from "./crossplane/system.ts";
import { metalor } from "./metalor/system.ts";
import { obuilder } from "./obuilder/system.ts";
import { snix } from "./snix/system.ts";
import type { Operation, System } from "./system.ts";

/** Every system, in the order of lists and reports. */
export const systems: readonly System[] = [snix, obuilder, buildkit, crossplane, metalor];

/** The system of this name. Throws {@link CupelError} `unknown-system`, naming the nearest one. */
export function findSystem(name: string): System {
  const system = systems.find((candidate) => candidate.name === name);
  if (system !== undefined) return system;
  const names = systems.map((candidate) => candidate.name);
  throw new CupelError("unknown-system", `there is no system ${JSON.stringify(name)}`, {
    hint: suggestion(name, names),
  });
}

/**
 * The operation of this name. Throws {@link CupelError} `unknown-system` or `unknown-operation`, naming the nearest one.
 */
export function findOperation(system: string, operation: string): Operation {
  const { name, operations } = findSystem(system);
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (found !== undefined) return found;
  throw new CupelError("unknown-operation", `${name} has no operation ${JSON.stringify(operation)}`, {
    hint: suggestion(operation, Object.keys(operations)),
  });
}

function suggestion(name: string, names: readonly string[]): string {
  return `did you mean "${closest(name, names)}"? There is ${names.join(", ")}`;
}
