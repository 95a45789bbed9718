/** Our file formats. */
import type { GenericSchema } from "valibot";
import { definition as mutants } from "../src/policy/mutant.ts";
import { definition as policy } from "../src/policy/read-policy.ts";
import { definition as baseline } from "../src/suite/baseline.ts";
import { definition as introduction } from "../src/suite/introduction.ts";
import { definition as output } from "../src/suite/output.ts";
import { definition as profile } from "../src/suite/profile.ts";
import { definition as event } from "../src/suite/read-events.ts";
import { definition as table } from "../src/suite/read-table.ts";

/** One format: its schema is published as schema/NAME.schema.json. */
export interface Format {
  readonly name: string;
  /** What a file of the format is. */
  readonly title: string;
  /** What its reader uses. */
  readonly definition: GenericSchema;
}

/** All of them. */
export const formats: readonly Format[] = [
  { name: "table", title: "a table of cases: cases/SYSTEM/AREA.json", definition: table },
  { name: "policy", title: "a named list of conditions: policies/NAME.json", definition: policy },
  { name: "mutants", title: "weakenings of configs: mutants/*.json", definition: mutants },
  { name: "profile", title: "a runtime profile: profiles/NAME.json", definition: profile },
  { name: "baseline", title: "known failures: baselines/*.json", definition: baseline },
  { name: "introduction", title: "the result of initialize in the adapter protocol", definition: introduction },
  { name: "output", title: "what an implementation made of one case: DIR/SYSTEM/AREA/CASE.json", definition: output },
  { name: "event", title: "one line of an ndjson report", definition: event },
];
