/** What the sources of mounts give. Fact sheet: upstream cache/refs.go and solver/llbsolver/ops/exec.go. */
import type { MountSource, SourceMount } from "./mount-request.ts";

/** The mounts of `source`, opened read-only or not. */
export function mountsOf(source: MountSource, readonly: boolean): readonly SourceMount[] {
  if (source.kind === "tmpfs") {
    return [{ type: "tmpfs", source: "tmpfs", options: readonly ? ["nosuid", "ro"] : ["nosuid"] }];
  }
  const mounts = source.mounts ?? [];
  return source.kind === "ref" && readonly ? mounts.map(readonlySnapshot) : mounts;
}

function readonlySnapshot({ options, ...mount }: SourceMount): SourceMount {
  const given = options ?? [];
  if (mount.type === "overlay") return { ...mount, options: readonlyOverlay(given) };
  return { ...mount, options: [...given.filter((option) => option !== "rw"), "ro"] };
}

/** The upper directory becomes the topmost of the lower ones; nothing says ro. Without a lowerdir it is lost. */
function readonlyOverlay(options: readonly string[]): readonly string[] {
  const upper = options.findLast((option) => option.startsWith(upperdir))?.slice(upperdir.length) ?? "";
  const kept = options.filter((option) => !option.startsWith(upperdir) && !option.startsWith("workdir="));
  if (upper === "") return kept;
  return kept.map((option) =>
    option.startsWith(lowerdir) ? `${lowerdir}${upper}:${option.slice(lowerdir.length)}` : option,
  );
}

const upperdir = "upperdir=";
const lowerdir = "lowerdir=";
