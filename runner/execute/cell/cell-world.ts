/** What all cells of a run share. */
import type { Answer } from "../../../src/policy/answer.ts";
import type { OrdinaryUser } from "../as-user.ts";
import type { Canaries } from "../jail/canaries.ts";
import type { Bounds } from "../runtime/launch.ts";
import type { Slots } from "../slots.ts";
import type { PreparedCell } from "./prepare-cell.ts";
import type { Toolbox } from "./toolbox.ts";

/** The surroundings of every cell. */
export interface CellWorld {
  readonly canaries: Canaries;
  readonly toolbox: Toolbox;
  /** Text of the step. */
  readonly step: string;
  /** The jail's own mount namespace, as readlink(2) shows it, and the release of its kernel. */
  readonly jail: { readonly mounts: string; readonly kernel: string };
  /** cgroup path below which cells are placed. */
  readonly cgroups: string;
  /** Directory of the run's device nodes. */
  readonly nodes: string;
  /** State directory of the runtimes, absolute, one per runtime below it. */
  readonly runtimeRoot: string;
  readonly bounds: Bounds;
  /** The user that the runtimes run as; root itself when absent. */
  readonly as?: OrdinaryUser;
  /** Whether the table's own commands may run, beside the step, where the runtime is unshare. */
  readonly trustCommands?: boolean;
  /** Whether the cases are those that come with cupel: only these may use what admission makes an exception for. */
  readonly shipped?: boolean;
  /** Bounds how many runtimes run at a time; without it every cell starts its own at once. */
  readonly slots?: Slots;
  /** Answers of the host that are the same for every cell. */
  readonly hostCalls: Map<string, Promise<Answer>>;
  /** What kernels other than the host's say without a filter; see reference-cell.ts. */
  readonly references: Map<string, Promise<ReadonlyMap<string, Answer>>>;
  /** Called before a cell's directory is removed, for --keep. */
  readonly beforeRemoval?: (cell: PreparedCell) => void;
}
