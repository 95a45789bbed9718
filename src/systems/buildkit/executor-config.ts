/** What the executor makes of a document. Fact sheet: upstream executor/runcexecutor/executor.go, util/rootless/specconv. */
import { joinPath } from "../../go/clean-path.ts";
import type { Config } from "../../oci/config.ts";
import type { Executor } from "./bundle-request.ts";

/** What the executor decides about a document. */
export interface ExecutorChanges {
  /** Host path of the root file system. */
  readonly rootfs: string;
  readonly immutable: boolean;
  readonly tty: boolean;
  readonly oomScoreAdj: number | bigint | null;
  readonly rootless: boolean;
}

/** `config` with the executor's changes. */
export function withExecutor(config: Config, changes: ExecutorChanges): Config {
  const { rootfs, immutable, tty, oomScoreAdj, rootless } = changes;
  const readonly = immutable || config.root?.readonly === true;
  const changed: Config = {
    ...config,
    process: {
      cwd: "",
      ...config.process,
      ...(tty ? { terminal: true } : {}),
      // A pointer upstream: 0 is written when it was set.
      ...(oomScoreAdj === null ? {} : { oomScoreAdj }),
    },
    root: readonly ? { path: rootfs, readonly } : { path: rootfs },
  };
  return rootless ? toRootless(changed) : changed;
}

/** Drops what a daemon in a user namespace cannot have. The destination's text counts: /system goes as well. */
function toRootless(config: Config): Config {
  const { resources: _, cgroupsPath: __, ...linux } = config.linux ?? {};
  const mounts = (config.mounts ?? []).filter(({ destination }) => !destination.startsWith("/sys"));
  return { ...config, mounts, linux };
}

/** Where the daemon's cgroup parent places a container; undefined leaves it to the generator. */
export function cgroupsPathBelow(parent: string, id: string): string | undefined {
  if (parent === "") return undefined;
  return parent.includes(".slice") && parent.endsWith(":") ? parent + id : joinPath("/", parent, "buildkit", id);
}

/** The runtime that the executor takes: the first candidate on PATH. Undefined where there is none. */
export function findRuntime(executor: Executor, onPath: readonly string[] | null | undefined): string | undefined {
  const there = onPath ?? usualRuntimes;
  return candidatesOf(executor).find((name) => there.includes(name));
}

/** The names that the executor tries, in order. */
export function candidatesOf({ commandCandidates }: Executor): readonly string[] {
  return commandCandidates ?? usualRuntimes;
}

const usualRuntimes = ["buildkit-runc", "runc"];
