/** What all cells of a run share. */
import type { Answer } from "../../../src/policy/answer.ts";
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
  /** The jail's own mount namespace, as readlink(2) shows it. */
  readonly jailMounts: string;
  /** cgroup path below which cells are placed. */
  readonly cgroups: string;
  /** State directory of the runtimes, absolute, one per runtime below it. */
  readonly runtimeRoot: string;
  readonly bounds: Bounds;
  /** Bounds how many runtimes run at a time; without it every cell starts its own at once. */
  readonly slots?: Slots;
  /** Answers of the host that are the same for every cell. */
  readonly hostCalls: Map<string, Promise<Answer>>;
  /** Called before a cell's directory is removed, for --keep. */
  readonly beforeRemoval?: (cell: PreparedCell) => void;
}
