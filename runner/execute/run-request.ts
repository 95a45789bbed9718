/** What a run inside the jail is asked for. */
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { PlanFailure } from "../../src/suite/plan-cell.ts";
import type { Profile } from "../../src/suite/profile.ts";
import type { OrdinaryUser } from "./as-user.ts";

/** What to execute. */
export interface RunRequest {
  /** Every case here has `run`. */
  readonly cases: readonly PlacedCase[];
  /** Text of a case's golden. */
  readonly golden: (caseId: string) => string | undefined;
  /**
   * Profiles, each with a name of its own, with the path a user gave, if any; `named` when the user asked for this one.
   * `program` is what the runtime calls itself, where that is not the name of the profile.
   */
  readonly runtimes: readonly {
    readonly profile: Profile;
    readonly path?: string;
    readonly named?: boolean;
    readonly program?: string;
  }[];
  /** Whether it is found out at once which of the runtimes start anything. */
  readonly tries?: boolean;
  /** How many cells may run side by side meanwhile; one when absent. */
  readonly jobs?: number;
  /** Milliseconds a cell may take. */
  readonly timeout: number;
  /** Bytes a cell may write. */
  readonly outputCap?: number;
  /** Another text for the step: only tests of cupel itself use it. */
  readonly step?: string;
  /** Whether the cases' own commands are trusted: the shipped ones are, others by --trust-commands. */
  readonly trustCommands?: boolean;
  /** Whether the cases are those that come with cupel. */
  readonly shipped?: boolean;
  /** Absolute path of a directory, not there yet, to copy every cell's directory to. */
  readonly keep?: string;
  /** Who generates the configs, when it is not our own systems. Throws what ends the run. */
  readonly generate?: (
    c: PlacedCase,
    request: Json,
    options: Json,
  ) => Promise<{ readonly config: Json } | { readonly failure: PlanFailure }>;
  /** The user that root executes the cells as; only configs with a user namespace can be executed then. */
  readonly as?: OrdinaryUser;
}
