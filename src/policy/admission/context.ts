/** What admission knows, and what it says. */

/** Parts of a config that only a shipped case may use, by naming them; `host-proc` is a writable bind of the jail's /proc. */
export type AdmissionException = "annotations" | "sysctl" | "devices" | "host-proc";

/** The cell a config is to run in. Paths are absolute and clean. */
export interface AdmissionContext {
  /** Directory of the cell: everything the config names on the host lies below it. */
  readonly cell: string;
  /** Directory of the bundle, below the cell; relative sources and a relative root are below it. */
  readonly bundle: string;
  /** cgroup path below which all cells are placed. */
  readonly cgroupPrefix: string;
  /** Documented host paths that may be bound as well, read-only. */
  readonly allowedSources: readonly string[];
  /** Device nodes of the host that may be bound as they are: writing to one of these is what it is for. */
  readonly allowedDevices?: readonly string[];
  /** Codes of validation errors that the case is known to have. */
  readonly knownFindings?: readonly string[];
  /** What the case is allowed beyond the rest. */
  readonly allow?: readonly AdmissionException[];
  /** Whether the config's own command may run, not only the step. */
  readonly trustCommands?: boolean;
}

/** Why a config is not run. */
export interface Refusal {
  readonly code: "refused-to-run";
  /** JSON pointer into the config. */
  readonly pointer: string;
  /** One sentence. */
  readonly message: string;
}

/** A refusal at `pointer`. */
export function refuse(pointer: string, message: string): Refusal {
  return { code: "refused-to-run", pointer, message };
}
