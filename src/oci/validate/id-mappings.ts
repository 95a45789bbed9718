/** Ranges of ids. Spec: config-linux.md, "User namespace mappings"; user_namespaces(7). */
import type { Json } from "../../json/value.ts";
import type { Place } from "./place.ts";
import { integerMember } from "./reach.ts";
import { type Check, integer, list, object, uint32 } from "./shapes.ts";

const range = object(
  { containerID: uint32, hostID: uint32, size: integer(1, 2 ** 32 - 1, "a number of ids from 1 to 4294967295") },
  { required: ["containerID", "hostID", "size"] },
);

/** A list of ranges, on neither side overlapping. */
export const idMappings: Check = list(range, (ranges, place) => {
  reportOverlaps(ranges, "containerID", place);
  reportOverlaps(ranges, "hostID", place);
});

function reportOverlaps(ranges: readonly Json[], side: "containerID" | "hostID", place: Place): void {
  const spans = ranges.flatMap((entry, index) => {
    const from = integerMember(entry, side);
    const size = integerMember(entry, "size");
    return from === undefined || size === undefined
      ? []
      : [{ index, from: BigInt(from), end: BigInt(from) + BigInt(size) }];
  });
  spans.sort((a, b) => (a.from === b.from ? a.index - b.index : a.from < b.from ? -1 : 1));
  let widest = spans[0];
  for (const span of spans.slice(1)) {
    if (widest === undefined) return;
    if (span.from < widest.end) {
      const message = `expected a range of ${side} of its own; it overlaps with entry ${widest.index}`;
      place.at(span.index).report("overlapping-mapping", message);
    }
    if (span.end > widest.end) widest = span;
  }
}
