/**
 * What makes up a bundle beside config.json, as steps in upstream's order: decided here, carried out elsewhere.
 * Fact sheet: upstream build/src/oci/bundle.rs, `make_bundle`.
 */
import { bytesOf } from "./bytes-of.ts";
import type { CommonOptions } from "./options.ts";
import type { AdditionalFile, RequestBase } from "./request.ts";
import { behaviourOf } from "./revisions.ts";
import { joinPath, pathComponents, pathIdentity } from "../../rust/path.ts";
import { scratchName } from "./scratch-name.ts";

/** One step. Paths are relative to the bundle; `failure` says what failed when it does. */
export type BundleStep =
  /** The directory and its parents; existing ones are fine. */
  | { readonly make: "directory"; readonly path: string; readonly failure: string }
  /** Created or truncated. */
  | { readonly make: "file"; readonly path: string; readonly bytes: Uint8Array; readonly failure: string }
  /** Upstream gives up here, and leaves what the steps before made. */
  | { readonly make: "nothing"; readonly failure: string };

/** The steps for `request`. There is no directory for outputs, and nothing in root/etc. */
export function bundleSteps(request: RequestBase, { revision }: CommonOptions): readonly BundleStep[] {
  const { writesAdditionalFiles } = behaviourOf(revision);
  return [
    { make: "directory", path: "inputs", failure: "failed to create inputs dir" },
    { make: "directory", path: "root", failure: "failed to create root path dir" },
    { make: "directory", path: "root/etc", failure: "failed to create root/etc dir" },
    { make: "directory", path: "scratch", failure: "failed to create scratch/ dir" },
    ...request.scratchPaths.flatMap((scratchPath): readonly BundleStep[] => {
      const path = `scratch/${scratchName(scratchPath)}`;
      const made: BundleStep = { make: "directory", path, failure: "Unable to create scratch dir" };
      if (!writesAdditionalFiles || pathIdentity(scratchPath) !== buildPath) return [made];
      return [made, ...request.additionalFiles.flatMap((file) => additionalFileSteps(file, path))];
    }),
  ];
}

/** The one scratch path that additional files may go to. */
const buildPath = "build";

function additionalFileSteps(file: AdditionalFile, scratchDirectory: string): readonly BundleStep[] {
  const [first, ...rest] = pathComponents(file.path);
  if (first !== buildPath || rest.length === 0) {
    return [{ make: "nothing", failure: "Additional files must start with build/" }];
  }
  const path = joinPath(scratchDirectory, rest.join("/"));
  const parent = path.slice(0, path.lastIndexOf("/"));
  return [
    { make: "directory", path: parent, failure: "Failed to create dir for additional file" },
    { make: "file", path, bytes: bytesOf(file.contents, file.contentsBase64), failure: "could not create file" },
  ];
}
