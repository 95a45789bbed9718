/** What the sandbox knows beside the request. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { text } from "./fields.ts";
import { type HostIds, hostIds } from "./host-ids.ts";
import type { RevisionId } from "./revisions.ts";

/** The options of every operation. */
export interface CommonOptions {
  /** The upstream revision to be like; the newest one when absent. */
  readonly revision?: RevisionId;
}

/** The options of `subordinateIds`. */
export interface HostOptions extends CommonOptions {
  readonly host: HostIds;
}

/** The options of `config`. */
export interface ConfigOptions extends HostOptions {
  /** Whether the cell gets a user namespace; upstream's service always asks for one. */
  readonly rootless: boolean;
  /** Host path of the shell shown as /bin/sh; upstream fixes it at compile time. */
  readonly sandboxShell: string;
}

/** The options of `bundle`. */
export interface BundleOptions extends ConfigOptions {
  /** Absolute path of the bundle; `bundle` in the working directory when absent. */
  readonly bundleDir?: string;
}

const revision = v.exactOptional(v.picklist(["632bc093", "6118142b"]));
const hostEntries = { host: hostIds, revision };
const configEntries = { ...hostEntries, rootless: v.boolean(), sandboxShell: text };

const commonSchema = closed({ revision });
const hostSchema = closed(hostEntries);
const configSchema = closed(configEntries);
const bundleSchema = closed({
  ...configEntries,
  bundleDir: v.exactOptional(v.pipe(text, v.startsWith("/"))),
});

true satisfies Same<CommonOptions, v.InferOutput<typeof commonSchema>>;
true satisfies Same<HostOptions, v.InferOutput<typeof hostSchema>>;
true satisfies Same<ConfigOptions, v.InferOutput<typeof configSchema>>;
true satisfies Same<BundleOptions, v.InferOutput<typeof bundleSchema>>;

/** The options of an operation that needs none. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readCommonOptions(options: Json): CommonOptions {
  return fit(commonSchema, options, "/options");
}

/** The options of `subordinateIds`. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readHostOptions(options: Json): HostOptions {
  return fit(hostSchema, options, "/options");
}

/** The options of `config`. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readConfigOptions(options: Json): ConfigOptions {
  return fit(configSchema, options, "/options");
}

/** The options of `bundle`. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readBundleOptions(options: Json): BundleOptions {
  return fit(bundleSchema, options, "/options");
}
