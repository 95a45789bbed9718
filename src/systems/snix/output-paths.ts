/** Where the outputs of a build are on the host. Fact sheet: upstream build/src/oci/bundle.rs, `get_host_output_paths`. */
import type * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import { Rejection } from "../rejection.ts";
import type { Same } from "../same-type.ts";
import { text, texts } from "./fields.ts";
import { debugText } from "../../rust/debug.ts";
import { joinPath, stripPrefix } from "../../rust/path.ts";
import { scratchName } from "./scratch-name.ts";

/** The request of `hostOutputPaths`. */
export interface OutputPathsRequest {
  /** Below the root of the cell, as the scratch paths. */
  readonly outputs: readonly string[];
  readonly scratchPaths: readonly string[];
  /** The bundle's directory on the host. */
  readonly bundlePath: string;
}

const schema = closed({ outputs: texts, scratchPaths: texts, bundlePath: text });

true satisfies Same<OutputPathsRequest, v.InferOutput<typeof schema>>;

/** The request of `hostOutputPaths` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readOutputPathsRequest(request: Json): OutputPathsRequest {
  return fit(schema, request, "/request");
}

/**
 * The host paths in the order of the outputs. Throws {@link ../rejection.ts | Rejection} for the first output that is below no
 * scratch path.
 */
export function hostOutputPaths({ outputs, scratchPaths, bundlePath }: OutputPathsRequest): readonly string[] {
  return outputs.map((output) => {
    const path = hostOutputPath(output, scratchPaths, bundlePath);
    if (path !== undefined) return path;
    throw new Rejection("output-not-in-scratch", `unable to find path ${debugText(output)}`);
  });
}

/**
 * Where the scratch directory of the last scratch path that leads to `output` has it, `undefined` when none does. The last is
 * the longest when the scratch paths are sorted.
 */
export function hostOutputPath(
  output: string,
  scratchPaths: readonly string[],
  bundlePath: string,
): string | undefined {
  for (const scratchPath of scratchPaths.toReversed()) {
    const rest = stripPrefix(output, scratchPath);
    if (rest === undefined) continue;
    return joinPath(joinPath(joinPath(bundlePath, "scratch"), scratchName(scratchPath)), rest);
  }
  return undefined;
}
