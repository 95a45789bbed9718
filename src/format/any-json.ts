/** Any JSON value, as a schema. */
import * as v from "valibot";
import type { Json } from "../json/value.ts";

/** Accepts whatever our JSON reader gave; for parts of a format whose shape somebody else decides. */
export const anyJson: v.CustomSchema<Json, undefined> = v.custom<Json>(() => true);
