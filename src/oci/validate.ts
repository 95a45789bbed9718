/** Judges any JSON value as a config.json, in a closed world: what the specification does not know is a finding. */
import type { Json } from "../json/value.ts";
import type { FindingCode } from "./finding-codes.ts";
import { acrossParts } from "./validate/across-parts.ts";
import { configShape } from "./validate/config-shape.ts";
import { Place } from "./validate/place.ts";

/** One thing that is wrong or odd about a config. */
export interface Finding {
  /** The level of its code, see finding-codes.ts. */
  readonly level: "error" | "warning";
  readonly code: FindingCode;
  /** RFC 6901 pointer; for an absent key it names the object that lacks it. */
  readonly pointer: string;
  /** One sentence without a full stop: what was expected. May hold text of the config. */
  readonly message: string;
}

/**
 * Every finding about `value` as the config.json of a Linux container (OCI runtime spec v1.3), in document order, then
 * those that concern several parts. A config is valid when none has the level "error".
 */
export function validateConfig(value: Json): readonly Finding[] {
  const findings: Finding[] = [];
  const place = new Place(findings);
  configShape(value, place);
  acrossParts(value, place);
  return findings;
}
