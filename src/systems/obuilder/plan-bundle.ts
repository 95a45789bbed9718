/** Where the bundle of a step stands below a directory of ours, and what the sandbox makes there. */
import type { Json } from "../../json/value.ts";
import { isObject } from "../../json/value.ts";
import type { BundleEntry, BundlePlan } from "../system.ts";
import { concat } from "./concat.ts";
import { readConfigOptions } from "./options.ts";
import { readRequest, type SandboxRequest } from "./request.ts";
import { stepFiles } from "./step-files.ts";

/**
 * The plan for `request` below `directory` (absolute), and `options` with every directory in its place: the bundle in
 * `run`, the results in `result`, runc's state in `state`. The sources of user mounts stay the caller's.
 * Throws {@link ../misfit.ts | Misfit} where request or options do not fit.
 */
export function planBundle(
  request: Json,
  options: Json,
  directory: string,
): { readonly plan: BundlePlan; readonly options: Json } {
  const bundle = concat(directory, "run");
  const results = concat(directory, "result");
  const placed = placeDirectories(options, bundle, results, concat(directory, "state"));
  readConfigOptions(placed);
  const rootfs = concat(results, "rootfs");
  const entries: readonly BundleEntry[] = [
    { path: bundle, type: "dir", mode: 0o700 },
    ...fileEntries(readRequest(request), bundle),
    { path: results, type: "dir" },
    { path: rootfs, type: "dir" },
  ];
  return { plan: { bundle, rootfs, entries, inputs: [], outputs: [] }, options: placed };
}

function placeDirectories(options: Json, bundle: string, resultsDir: string, stateDir: string): Json {
  return isObject(options) ? { ...options, configDir: bundle, runDir: bundle, resultsDir, stateDir } : options;
}

function fileEntries(request: SandboxRequest, bundle: string): readonly BundleEntry[] {
  return stepFiles(request).map(({ name, content }) => ({ path: concat(bundle, name), type: "file", content }));
}
