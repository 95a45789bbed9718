/** What operations take beside the request: nothing but the revision. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";

/** The options of every operation. */
export interface CommonOptions {
  /** The upstream revision to be like; there is one. */
  readonly revision?: "3d2dcd12";
}

const schema = closed({ revision: v.exactOptional(v.literal("3d2dcd12")) });

true satisfies Same<CommonOptions, v.InferOutput<typeof schema>>;

/** The options as typed. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readOptions(options: Json): CommonOptions {
  return fit(schema, options, "/options");
}
