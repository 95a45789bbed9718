/** Events as JSON values. */
import type { JsonObject } from "../../src/json/value.ts";
import type { Event } from "../../src/suite/event.ts";

/** The event itself: every event is plain JSON by construction. */
export function eventJson(event: Event): JsonObject {
  return Object.fromEntries(Object.entries(event));
}
