/** What options a command takes, as data. */

/** One option of a command line. */
export interface Option {
  /** `switch` is there or not; `value` takes one value, the last one counts; `list` may be given several times. */
  readonly type: "switch" | "value" | "list";
  /** What stands for the value in the help, e.g. `FILE`. */
  readonly value?: string;
  /** One letter that stands for it. */
  readonly short?: string;
  /** What it does, one sentence without a full stop. */
  readonly help: string;
}

/** Options by their long name without dashes. */
export interface Options {
  readonly [name: string]: Option;
}

/** What was given. Asking for a name that the command does not declare is a bug and throws. */
export interface Flags {
  /** Whether the command has such an option at all. */
  declares(name: string): boolean;
  /** Whether a switch, or any value, was given. */
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  /** All values given, in order. */
  list(name: string): readonly string[];
}
