/** The answer to the `canary` question: facts of the jail's canaries, one JSON object. */
import { parseJson } from "../../json/parse.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Answer } from "../answer.ts";
import { parsed, type Reply } from "./reply.ts";

/** What the runner knows of its canaries. */
export interface Canary {
  /** Host name of the jail before the cell was started; undefined when the runner did not note it. */
  readonly hostname: string | undefined;
}

/** Reads the answer to a `canary` question. */
export function canaryOf(answer: Answer): Reply<Canary> {
  return parsed(answer, "a canary's facts", parseCanary);
}

function parseCanary(text: string): Canary | undefined {
  let facts: Json;
  try {
    facts = parseJson(text);
  } catch {
    return undefined;
  }
  if (!isObject(facts)) return undefined;
  const hostname = Object.hasOwn(facts, "hostname") ? facts["hostname"] : undefined;
  return { hostname: typeof hostname === "string" ? hostname : undefined };
}
