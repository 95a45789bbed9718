/** Sub-paths of mounts. Fact sheet: upstream executor/oci/spec.go, `submounts`. */
import { joinPath } from "../../go/clean-path.ts";
import { Misfit } from "../misfit.ts";
import { Rejection } from "../rejection.ts";
import { type Directory, findPlace, TreeError } from "./file-tree.ts";
import { mountedDirectory } from "./local-mount.ts";
import type { SourceMount } from "./mount-request.ts";
import { rootPath } from "./root-path.ts";
import { makeDirectories } from "./tree-items.ts";

/** Gives the part of a mount that a selector names. Throws {@link Rejection} where upstream refuses. */
export type SelectPart = (mount: SourceMount, selector: string) => SourceMount;

/**
 * Selects parts of mounts in `tree`, for one step. `directories` are those that the local mounter hands out, in order.
 * The same mount is made available once, and an error on a later use is swallowed: the mount is then empty.
 */
export function selectParts(tree: Directory, directories: readonly string[]): SelectPart {
  const table = new Map<string, SourceMount>();
  let used = 0;
  const nextDirectory = (): string => {
    const directory = directories[used];
    if (directory === undefined) {
      throw new Misfit(
        `/options/localMountDirs/${used}`,
        "is missing: the mount needs a directory to be made available in",
      );
    }
    used += 1;
    return directory;
  };
  return (mount, selector) => {
    if (joinPath("/", selector) === "/") return mount;
    const key = JSON.stringify([mount.type ?? "", mount.source ?? "", mount.options ?? []]);
    const known = table.get(key);
    if (known === undefined) {
      const available = makeAvailable(tree, mount, nextDirectory);
      table.set(key, available);
      return partOf(tree, available, selector);
    }
    try {
      return partOf(tree, known, selector);
    } catch (error) {
      if (error instanceof Rejection) return {};
      throw error;
    }
  };
}

function partOf(tree: Directory, mount: SourceMount, selector: string): SourceMount {
  return { ...mount, source: rootPath(tree, mount.source ?? "", selector) };
}

/** Every option is lost but ro, once for each time it stands there. */
function makeAvailable(tree: Directory, mount: SourceMount, nextDirectory: () => string): SourceMount {
  const readonly = (mount.options ?? []).filter((option) => option === "ro");
  const inPlace = (mount.type === "bind" || mount.type === "rbind") && readonly.length === 0;
  const source = inPlace ? (mount.source ?? "") : mountAt(tree, mount, nextDirectory());
  return { type: "bind", source, options: ["rbind", ...readonly] };
}

function mountAt(tree: Directory, mount: SourceMount, directory: string): string {
  try {
    const mounted = mountedDirectory(tree, mount);
    makeDirectories(tree, directory);
    const { parent, name } = findPlace(tree, directory);
    if (name !== undefined) parent.children.set(name, mounted);
    return directory;
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    const { type = "", source = "", options } = mount;
    const printed = `[{Type:${type} Source:${source} Options:[${(options ?? []).join(" ")}]}]`;
    throw new Rejection("local-mount-failed", `failed to mount ${directory}: ${printed}: ${error.message}`);
  }
}
