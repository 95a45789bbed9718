/** The mounts that a step asks for, and where they come from. Fact sheet: upstream executor.Mount; sources are synthetic. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Same } from "../same-type.ts";
import { list, text, texts } from "./fields.ts";

/** One mount as a source gives it. */
export interface SourceMount {
  readonly type?: string;
  readonly source?: string;
  readonly options?: readonly string[] | null;
}

/**
 * What is mounted. `static` gives its mounts as they are; `ref`, a snapshot, converts them when it is opened read-only;
 * `tmpfs` is upstream's own and gives one of its own.
 */
export interface MountSource {
  readonly kind: "static" | "ref" | "tmpfs";
  readonly mounts?: readonly SourceMount[] | null;
  /** Why opening fails; it does not when blank or absent. */
  readonly mountError?: string;
  /** Why mounting what was opened fails. */
  readonly mountableError?: string;
  /** Gives no function that releases it, which upstream calls all the same. */
  readonly noRelease?: boolean;
}

/** One mount of a step. */
export interface StepMount {
  /** Unchecked. */
  readonly dest: string;
  readonly readonly?: boolean;
  /** A path inside the source; all of it when blank. */
  readonly selector?: string;
  /** Nothing when null or absent, which upstream refuses. */
  readonly src?: MountSource | null;
}

const schema = closed({
  dest: text,
  readonly: v.exactOptional(v.boolean()),
  selector: v.exactOptional(text),
  src: v.exactOptional(
    v.nullable(
      closed({
        kind: v.picklist(["static", "ref", "tmpfs"]),
        mounts: v.exactOptional(
          list(
            closed({
              type: v.exactOptional(text),
              source: v.exactOptional(text),
              options: v.exactOptional(texts),
            }),
          ),
        ),
        mountError: v.exactOptional(text),
        mountableError: v.exactOptional(text),
        noRelease: v.exactOptional(v.boolean()),
      }),
    ),
  ),
});

true satisfies Same<StepMount, v.InferOutput<typeof schema>>;

/** The schema of a list of mounts; null is an empty one. */
export const mountsSchema: v.GenericSchema<readonly StepMount[] | null> = list(schema);
