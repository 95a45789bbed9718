/** The options of `ociConfig`: facts of the machine and of the caller that a cell of metalor inherits. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { capabilityNames } from "../../oci/vocabulary.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { type CommonOptions, commonEntries } from "./options.ts";

/** Files of the host that are bound into a cell without being asked for, in the order in which that is done. */
export const hostFiles = ["/etc/resolv.conf", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"] as const;

/** One of {@link hostFiles}. */
export type HostFile = (typeof hostFiles)[number];

/** What a cell inherits. */
export interface OciConfigOptions extends CommonOptions {
  /** `RootlessUser` makes a user namespace as well; today's upstream has it beside the `Privileged` of this revision. */
  readonly backend?: "Privileged" | "RootlessUser";
  readonly host?: {
    /** Ids of the caller, which become root of a rootless cell; 0 when absent. */
    readonly uid?: number;
    readonly gid?: number;
    /** Supplementary groups of the caller; none when absent. */
    readonly groups?: readonly number[];
    /** Bounding set of the caller; every capability when absent. */
    readonly capabilities?: readonly string[];
  };
  /** Which of {@link hostFiles} the machine has; all when absent. */
  readonly hostFiles?: readonly HostFile[];
  /** What stands in the place of the host's /etc/resolv.conf. */
  readonly resolvConf?: string;
}

const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4294967294));

const schema = closed({
  ...commonEntries,
  backend: v.exactOptional(v.picklist(["Privileged", "RootlessUser"])),
  host: v.exactOptional(
    closed({
      uid: v.exactOptional(id),
      gid: v.exactOptional(id),
      groups: v.exactOptional(v.array(id)),
      capabilities: v.exactOptional(v.array(v.picklist(capabilityNames))),
    }),
  ),
  hostFiles: v.exactOptional(v.array(v.picklist(hostFiles))),
  resolvConf: v.exactOptional(v.string()),
});

true satisfies Same<OciConfigOptions, v.InferOutput<typeof schema>>;

/** The options as typed. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readOciConfigOptions(options: Json): OciConfigOptions {
  return fit(schema, options, "/options");
}
