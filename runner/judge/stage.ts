/** A part of a run: it knows what it will judge before it judges anything. */

import type { CellEvent, CheckEvent, StartEvent } from "../../src/suite/event.ts";
import type { Implementation } from "../../src/suite/introduction.ts";

/** Checking configs is one stage, executing cells another; `cupel` alone has both. */
export interface Stage {
  /** Id of every check it will judge, each exactly once. */
  readonly checks: readonly string[];
  /** Runtimes it executes cells with. */
  readonly runtimes: StartEvent["runtimes"];
  /** Whose documents it judges, when they are not our own. */
  readonly implementation?: Implementation;
  /** Words of `--require` that this stage can satisfy here, e.g. `runc` or `unprivileged`. */
  readonly offers: readonly string[];
  /**
   * Judges, and gives every event as soon as it is known. When `enough` says so, no further case need be begun: what it
   * still owes is told to have been left out.
   */
  judge(emit: (event: CheckEvent | CellEvent) => void, enough: () => boolean): Promise<void>;
}
