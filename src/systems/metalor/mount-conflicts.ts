/** Two mounts of a cell on one place, or one inside the other. Fact sheet: upstream src/runtime/linux.rs. */
import { Rejection } from "../rejection.ts";
import { mountCovers } from "./mounts.ts";
import type { BuildCellSpec } from "./spec.ts";

interface Place {
  readonly kind: "import" | "cache";
  readonly destination: string;
  /** Its place in upstream's list: the imports, then the caches. */
  readonly rank: number;
}

/** A place among those that lie around the next one, and the first in upstream's list of it and what lies around it. */
interface Around {
  readonly place: Place;
  readonly first: Place;
}

type Conflict = readonly [former: Place, latter: Place];

/**
 * Throws {@link Rejection} for the first pair of imports and caches, in the order of upstream's two nested loops, of which one
 * destination covers the other. None of them is `/`.
 */
export function checkConflicts({ imports, caches }: BuildCellSpec): void {
  const places = [
    ...imports.map(({ destination }) => ({ kind: "import" as const, destination })),
    ...caches.map(({ destination }) => ({ kind: "cache" as const, destination })),
  ].map((place, rank) => ({ ...place, rank }));
  const found = firstConflict(places);
  if (found === undefined) return;
  const [former, latter] = found.map(({ kind, destination }) => `${kind} destination ${destination}`);
  throw new Rejection("destination-conflict", `portable ${former} conflicts with ${latter}`);
}

/** Sorted so that what a destination covers stands right behind it, one pass finds what thousands of them would take minutes for. */
function firstConflict(places: readonly Place[]): Conflict | undefined {
  const around: Around[] = [];
  let found: Conflict | undefined;
  for (const place of places.toSorted((a, b) => comparePlaces(a.destination, b.destination) || a.rank - b.rank)) {
    while (around.length > 0 && !mountCovers(around.at(-1)?.place.destination ?? "", place.destination)) around.pop();
    const outer = around.at(-1);
    if (outer === undefined) {
      around.push({ place, first: place });
      continue;
    }
    const pair: Conflict = outer.first.rank < place.rank ? [outer.first, place] : [place, outer.first];
    if (found === undefined || isBefore(pair, found)) found = pair;
    around.push({ place, first: pair[0] });
  }
  return found;
}

function isBefore([former, latter]: Conflict, [otherFormer, otherLatter]: Conflict): boolean {
  return former.rank < otherFormer.rank || (former.rank === otherFormer.rank && latter.rank < otherLatter.rank);
}

/** Code units, a slash before all others. */
function comparePlaces(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  return rankOf(a.charCodeAt(at)) - rankOf(b.charCodeAt(at));
}

function rankOf(unit: number): number {
  return unit === 0x2f ? -1 : unit;
}
