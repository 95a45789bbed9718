/** The options of metalor's operations. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";

/** The options of every operation. What a recording says of itself changes nothing. */
export interface CommonOptions {
  /** The upstream revision to be like; there is one. */
  readonly revision?: "b23eafd0";
  /** Recorded as root; an ordinary user gets something else. */
  readonly needsRoot?: boolean;
  /** A text in it comes from a library, whose newer releases may say something else. */
  readonly versionSensitive?: boolean;
  /** For people. */
  readonly note?: string;
  /** What an archive among the given files holds, for people. */
  readonly archiveEntries?: readonly unknown[];
}

/** The schema's entries for {@link CommonOptions}, for operations that take more. */
export const commonEntries: {
  readonly revision: v.ExactOptionalSchema<v.LiteralSchema<"b23eafd0", undefined>, undefined>;
  readonly needsRoot: v.ExactOptionalSchema<v.BooleanSchema<undefined>, undefined>;
  readonly versionSensitive: v.ExactOptionalSchema<v.BooleanSchema<undefined>, undefined>;
  readonly note: v.ExactOptionalSchema<v.StringSchema<undefined>, undefined>;
  readonly archiveEntries: v.ExactOptionalSchema<v.ArraySchema<v.UnknownSchema, undefined>, undefined>;
} = {
  revision: v.exactOptional(v.literal("b23eafd0")),
  needsRoot: v.exactOptional(v.boolean()),
  versionSensitive: v.exactOptional(v.boolean()),
  note: v.exactOptional(v.string()),
  archiveEntries: v.exactOptional(v.array(v.unknown())),
};

const commonSchema = closed(commonEntries);

true satisfies Same<CommonOptions, v.InferOutput<typeof commonSchema>>;

/** The options of an operation that needs none. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readCommonOptions(options: Json): CommonOptions {
  return fit(commonSchema, options, "/options");
}
