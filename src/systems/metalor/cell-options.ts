/** The options of rounds: what stands around a cell or a command. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { u64 } from "./fields.ts";
import { type CommonOptions, commonEntries } from "./options.ts";
import type { StandInMount } from "./stand-ins/namespaces.ts";

/** The options of `cell` and `command`. */
export interface CellOptions extends CommonOptions {
  /** `busybox`: a static busybox is put into `bin` of the root, with names for its tools, and taken away afterwards. */
  readonly rootfs?: "busybox";
  /** Whether mounts are made, and if not, what `mount` does instead; `real` when absent. */
  readonly mount?: "real" | StandInMount;
  /** Which of the host's files there are; looked at when absent. */
  readonly hostFiles?: readonly string[];
  /** Hard limits of the caller, in the units of setrlimit(2). */
  readonly callerHardLimits?: {
    readonly cpu?: number | bigint;
    readonly as?: number | bigint;
    readonly nproc?: number | bigint;
  };
  /** The caller may not raise them. */
  readonly callerLacksCapSysResource?: boolean;
}

const limit = v.exactOptional(u64);

const schema = closed({
  ...commonEntries,
  rootfs: v.exactOptional(v.literal("busybox")),
  mount: v.exactOptional(
    v.union([
      v.picklist(["real", "logged-noop", "absent"]),
      closed({ failAt: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    ]),
  ),
  hostFiles: v.exactOptional(v.array(v.string())),
  callerHardLimits: v.exactOptional(closed({ cpu: limit, as: limit, nproc: limit })),
  callerLacksCapSysResource: v.exactOptional(v.boolean()),
});

true satisfies Same<CellOptions, v.InferOutput<typeof schema>>;

/** Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readCellOptions(options: Json): CellOptions {
  return fit(schema, options, "/options");
}
