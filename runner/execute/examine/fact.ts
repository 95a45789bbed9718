/** One thing that `cupel doctor` says of a machine. */

/** One fact. `lacks` means that something will be skipped or refused because of it. */
export interface MachineFact {
  readonly what: string;
  readonly state: "ok" | "lacks" | "note";
  readonly detail: string;
  /** What is lost: for `lacks`, or in a part of what works. */
  readonly consequence?: string;
  /** The command or setting that cures it. */
  readonly cure?: string;
}
