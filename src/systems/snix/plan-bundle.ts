/** What must be on disk around config.json so that a runtime runs it. */
import { encodeBase64 } from "../../bytes/base64.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import type { Json } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import type { BundleEntry, BundlePlan } from "../system.ts";
import { type BundleStep, bundleSteps } from "./bundle-steps.ts";
import { inputNames } from "./input-names.ts";
import { readConfigOptions } from "./options.ts";
import { hostOutputPath } from "./output-paths.ts";
import { readBuildRequest } from "./read-request.ts";
import { joinPath } from "../../rust/path.ts";
import { findUtf8Error } from "../../rust/utf8.ts";

/**
 * The plan for a bundle at `directory`; no option names a directory, so the options come back as they are. Outputs that no
 * scratch path leads to are left out. Throws {@link ../misfit.ts | Misfit}, and {@link ../rejection.ts | Rejection} for an
 * input name or an additional file that upstream refuses.
 */
export function planBundle(
  request: Json,
  options: Json,
  directory: string,
): { readonly plan: BundlePlan; readonly options: Json } {
  const build = readBuildRequest(request);
  const plan: BundlePlan = {
    bundle: directory,
    rootfs: `${directory}/root`,
    entries: entriesOf(bundleSteps(build, readConfigOptions(options)), directory),
    inputs: inputNames(build.inputs).map((name) => `${directory}/inputs/${name}`),
    outputs: build.outputs.flatMap((output) => {
      const outside = hostOutputPath(output, build.scratchPaths, directory);
      return outside === undefined ? [] : [{ inside: joinPath("/", output), outside }];
    }),
  };
  return { plan, options };
}

/** One entry for each path, the parents of additional files included; of files with one path the last counts. */
function entriesOf(steps: readonly BundleStep[], directory: string): readonly BundleEntry[] {
  const entries = new Map<string, BundleEntry>();
  for (const step of steps) {
    if (step.make === "nothing") throw new Rejection("additional-file-outside-build", step.failure);
    for (const parent of parentsOf(step.path)) addDirectory(entries, `${directory}/${parent}`);
    const path = `${directory}/${step.path}`;
    if (step.make === "directory") addDirectory(entries, path);
    else entries.set(path, { path, type: "file", ...contentOf(step.bytes) });
  }
  return [...entries.values()];
}

function addDirectory(entries: Map<string, BundleEntry>, path: string): void {
  if (!entries.has(path)) entries.set(path, { path, type: "dir" });
}

function parentsOf(path: string): readonly string[] {
  const names = path.split("/");
  return names.slice(1).map((_, place) => names.slice(0, place + 1).join("/"));
}

function contentOf(bytes: Uint8Array): Pick<BundleEntry, "content" | "contentBase64"> {
  return findUtf8Error(bytes) === undefined ? { content: decodeUtf8(bytes) } : { contentBase64: encodeBase64(bytes) };
}
