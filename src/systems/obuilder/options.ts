/** What the sandbox knows beside the request: its state, and where things stand on the host. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";

/** The options of every operation. */
export interface CommonOptions {
  /** The upstream revision to be like; there is one. */
  readonly revision?: "v0.5.1";
}

/** What `config` and `bundle` need. Each takes the other's directories too, so that one set of options serves both. */
interface SandboxOptions extends CommonOptions {
  /** Make the sync family of calls succeed without doing anything; upstream's `--fast-sync`. */
  readonly fastSync?: boolean;
  /** The architectures for seccomp, as the operation `arches` finds them. */
  readonly arches: readonly string[];
  /** The directory that holds `rootfs`. */
  readonly resultsDir: string;
  /** Whether obuilder runs as root, else it starts runc with sudo; true when absent. */
  readonly runningAsRoot?: boolean;
  /** The container id: upstream counts the runs of one process from 0, which is what it is when absent. */
  readonly id?: string;
}

/** The options of `config`. */
export interface ConfigOptions extends SandboxOptions {
  /** The temporary bundle directory, which holds the files that are mounted. */
  readonly configDir: string;
  readonly stateDir?: string;
  readonly runDir?: string;
}

/** The options of `bundle`. */
export interface BundleOptions extends SandboxOptions {
  /** runc's `--root`. */
  readonly stateDir: string;
  /** The temporary bundle directory; it takes the part of `configDir`. */
  readonly runDir: string;
  readonly configDir?: string;
}

const common = { revision: v.exactOptional(v.literal("v0.5.1")) };

const shared = {
  ...common,
  fastSync: v.exactOptional(v.boolean()),
  arches: v.array(v.string()),
  resultsDir: v.string(),
  runningAsRoot: v.exactOptional(v.boolean()),
  id: v.exactOptional(v.string()),
};

const commonSchema = closed(common);

const configSchema = closed({
  ...shared,
  configDir: v.string(),
  stateDir: v.exactOptional(v.string()),
  runDir: v.exactOptional(v.string()),
});

const bundleSchema = closed({
  ...shared,
  stateDir: v.string(),
  runDir: v.string(),
  configDir: v.exactOptional(v.string()),
});

true satisfies Same<CommonOptions, v.InferOutput<typeof commonSchema>>;
true satisfies Same<ConfigOptions, v.InferOutput<typeof configSchema>>;
true satisfies Same<BundleOptions, v.InferOutput<typeof bundleSchema>>;

/** The options of an operation that needs none, as typed. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readCommonOptions(options: Json): CommonOptions {
  return fit(commonSchema, options, "/options");
}

/** The options of `config` as typed. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readConfigOptions(options: Json): ConfigOptions {
  return fit(configSchema, options, "/options");
}

/** The options of `bundle` as typed. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readBundleOptions(options: Json): BundleOptions {
  return fit(bundleSchema, options, "/options");
}
