/** The daemon's settings for looking up names. Fact sheet: upstream executor/oci, `DNSConfig`. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Same } from "../same-type.ts";
import { texts } from "./fields.ts";

/** Each kind that is not empty replaces what the host's file has of it. */
export interface Dns {
  readonly nameservers?: readonly string[] | null;
  readonly options?: readonly string[] | null;
  readonly searchDomains?: readonly string[] | null;
}

const schema = closed({
  nameservers: v.exactOptional(texts),
  options: v.exactOptional(texts),
  searchDomains: v.exactOptional(texts),
});

true satisfies Same<Dns, v.InferOutput<typeof schema>>;

/** The schema of the settings; null is none. */
export const dnsSchema: v.GenericSchema<Dns | null> = v.nullable(schema);
