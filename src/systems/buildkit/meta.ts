/** What a step is: its command and its modes; what is left out is zero. Fact sheet: upstream executor/executor.go. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Same } from "../same-type.ts";
import { list, text, texts } from "./fields.ts";
import { networkModeSchema, securityModeSchema } from "./modes.ts";

/** A line for the hosts file. */
export interface ExtraHost {
  /** Unchecked. */
  readonly host?: string;
  /** An address; what is none stands for an absent one. */
  readonly ip?: string;
}

/** The step. */
export interface Meta {
  readonly args?: readonly string[] | null;
  /** `NAME=value` each; an entry without the sign is dropped. */
  readonly env?: readonly string[] | null;
  /** In the image; the executor resolves it to ids. */
  readonly user?: string;
  readonly cwd?: string;
  readonly tty?: boolean;
  readonly readonlyRootFS?: boolean;
  readonly extraHosts?: readonly ExtraHost[] | null;
  /** `unset`, `host`, `none` or a number. */
  readonly netMode?: string;
  /** `sandbox`, `insecure` or a number. */
  readonly securityMode?: string;
}

const hostSchema = closed({ host: v.exactOptional(text), ip: v.exactOptional(text) });

/** The schema of lines for the hosts file; null is none. */
export const extraHostsSchema: v.GenericSchema<readonly ExtraHost[] | null> = list(hostSchema);

const schema = closed({
  args: v.exactOptional(texts),
  env: v.exactOptional(texts),
  user: v.exactOptional(text),
  cwd: v.exactOptional(text),
  tty: v.exactOptional(v.boolean()),
  readonlyRootFS: v.exactOptional(v.boolean()),
  extraHosts: v.exactOptional(extraHostsSchema),
  netMode: v.exactOptional(networkModeSchema),
  securityMode: v.exactOptional(securityModeSchema),
});

true satisfies Same<Meta, v.InferOutput<typeof schema>>;

/** The schema of a step. */
export const metaSchema: v.GenericSchema<Meta> = schema;
