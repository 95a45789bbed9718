/** Where the stage of a cell keeps what is mounted. Fact sheet: upstream src/runtime/linux.rs. */
import { joinPath } from "../../rust/path.ts";
import type { Binding, BuildCellSpec } from "./spec.ts";

/** Paths on the host, below the scratch directory as it was written. */
export interface StageLayout {
  readonly workspace: string;
  /** The directories that hold the copies. */
  readonly importsRoot: string;
  readonly cachesRoot: string;
  /** One path for each import, in order. */
  readonly imports: readonly string[];
  /** One path for each cache, in order. */
  readonly caches: readonly string[];
}

/** The layout of the stage of `spec`. */
export function stageLayout({ scratch, imports, caches }: BuildCellSpec): StageLayout {
  const importsRoot = joinPath(scratch, "imports");
  const cachesRoot = joinPath(scratch, "caches");
  return {
    workspace: joinPath(scratch, "workspace"),
    importsRoot,
    cachesRoot,
    imports: numbered(importsRoot, imports),
    caches: numbered(cachesRoot, caches),
  };
}

/** Where in a scratch directory the request lies. */
export function requestPath(scratch: string): string {
  return joinPath(scratch, "build-cell-request.json");
}

function numbered(directory: string, bindings: readonly Binding[]): readonly string[] {
  return bindings.map((_, index) => `${directory}/${index}`);
}
