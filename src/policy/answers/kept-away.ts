/** Paths that the host has and a cell has not. */
import type { Answer } from "../answer.ts";
import { failedWith } from "./errno.ts";
import { resultOf } from "./reply.ts";
import { statOf } from "./stat.ts";

/**
 * Whether a path is kept from a cell by not being there: `asked` is what faccessat(2) says of it in the cell, `outside` the
 * host's stat of the same path. What the host lacks too is not kept from anybody.
 */
export function isKeptAway(asked: Answer, outside: Answer): boolean {
  const inside = resultOf(asked);
  return "value" in inside && failedWith(inside.value, "ENOENT", "ENOTDIR") && "value" in statOf(outside);
}
