/** An audit as one JSON document. */
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { changesDocument } from "../changes.ts";
import type { Audited, JudgedPolicy } from "./audited.ts";

/** Every promise, every policy with what is lacking, and what changed where it was held against an older config. */
export function auditDocument({ file, promises, asked, others, against }: Audited): Json {
  return {
    file,
    promises: promises.map(({ rule, subject, value, at }) => ({ rule, subject, value, at })),
    policies: Object.fromEntries([
      ...asked.map((judged) => [judged.policy.name, policyDocument(judged, true)] as const),
      ...others.map((judged) => [judged.policy.name, policyDocument(judged, false)] as const),
    ]),
    ...(against === undefined ? {} : { against: { file: against.file, ...changesDocument(against.changes) } }),
  };
}

function policyDocument({ conditions }: JudgedPolicy, required: boolean): JsonObject {
  const lacks = conditions.filter(({ holds }) => !holds);
  return {
    required,
    holds: lacks.length === 0,
    lacks: lacks.map(({ rule, subject, promised, wanted, at }) => ({ rule, subject, promised, wanted, at })),
  };
}
