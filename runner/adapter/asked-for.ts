/** What of the table an implementation can be asked. */

import { isObject } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { Introduction } from "../../src/suite/introduction.ts";
import { findSystem } from "../../src/systems/registry.ts";

/** Why the implementation is not asked about `c`, in one sentence; undefined when it is. */
export function notAskedFor({ operations, revisions = {} }: Introduction, c: PlacedCase): string | undefined {
  const { system, operation } = c;
  const own = Object.hasOwn(operations, system) ? operations[system] : undefined;
  if (own === undefined) return `the implementation does not have the system ${system}`;
  if (!own.includes(operation)) return `the implementation does not have ${system}/${operation}`;
  const known = Object.hasOwn(revisions, system) ? revisions[system] : undefined;
  if (known === undefined) return undefined;
  const spoken = revisionsOf(c);
  if (spoken.some((revision) => known.includes(revision))) return undefined;
  return `the implementation has ${system} in other revisions than ${spoken.join(" and ")}`;
}

/** The revisions for which what the case expects is true: the one that it asks for, those that it names, or the newest. */
function revisionsOf({ system, options, revisions }: PlacedCase): readonly string[] {
  const asked = isObject(options) ? options["revision"] : undefined;
  if (typeof asked === "string") return [asked];
  const [newest] = findSystem(system).revisions;
  return revisions ?? (newest === undefined ? [] : [newest.id]);
}
