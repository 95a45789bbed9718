/** Cases for tests. */
import type { PlacedCase } from "../../src/suite/case.ts";

/** A case with everything it must have, and what the test wants of it. */
export function placedCase(wanted: Partial<PlacedCase> = {}): PlacedCase {
  return {
    id: "one",
    title: "A title",
    operation: "echo",
    request: {},
    expect: { value: null },
    recorded: { from: "ours" },
    system: "snix",
    area: "area",
    fullId: "snix/area/one",
    areaWhy: "A reason",
    ...wanted,
  };
}
