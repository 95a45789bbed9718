/** The shape of a rule: one isolation property, what a config promises of it, how it is asked and how it is judged. */
import type { Json } from "../json/value.ts";
import type { Config } from "../oci/config.ts";
import type { Answers } from "./answer.ts";
import type { Question, StandInFile } from "./question.ts";

/** What a config says about one subject. Total: silence has a value too. */
export interface Promised {
  /** Id of the rule. */
  readonly rule: string;
  /** What it speaks of, e.g. `namespace:network` or `mount:/nix/store`. */
  readonly subject: string;
  /** What the kernel must show after execve. */
  readonly value: Json;
  /** JSON pointer into the config where it is said (or where its absence is). */
  readonly at: string;
}

/** How two values of one subject relate, the first being the old one: `weaker` means the second isolates less. */
export type Comparison = "same" | "weaker" | "stronger" | "different";

/** What the answers show. */
export type Judgement =
  | { readonly is: "holds"; readonly seen: Json }
  | { readonly is: "violated"; readonly seen: Json }
  /** The runtime or machine cannot show it; never a pass. */
  | { readonly is: "not-observable"; readonly reason: string }
  /** A positive control or the harness failed: an error, never a verdict about the cell. */
  | { readonly is: "broken"; readonly reason: string };

/** What only the cell knows, beyond its config: canaries, fixtures and declared outputs. */
export interface CellFacts {
  /** Unique word of this run's canaries. */
  readonly token: string;
  /** Pid of the canary process as the jail sees it. */
  readonly canaryPid: number;
  /** Port of the canary listener on 127.0.0.1. */
  readonly port: number;
  /** Name of the canary's abstract socket, without the leading NUL. */
  readonly socket: string;
  /** Absolute path of the bundle: relative bind sources are below it. */
  readonly bundle: string;
  /** Declared outputs: where the step writes them and where the system then looks for them. */
  readonly outputs: readonly { readonly inside: string; readonly outside: string }[];
  /** Words of mount options that the mount table of this cell never shows, in force or not. */
  readonly unshownMountOptions?: readonly string[];
  /** Files that can be read of a process which stands for the cell on the host, where the cell's kernel is not the host's. */
  readonly standIns?: readonly StandInFile[];
  /** Whether device and inode numbers in the cell are others than the host's for the same file. */
  readonly ownInodes?: boolean;
  /** Absolute paths of the host that the system has promised to keep, or to remove, when it is done with the cell. */
  readonly afterwards?: readonly { readonly path: string; readonly is: "kept" | "removed" }[];
}

/** One isolation property. */
export interface Rule {
  /** Kebab-case, stable: part of every check id. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** RFC 2119 level of the source. */
  readonly level: "must" | "should";
  readonly refs: readonly string[];
  /** `isolation` rules order their values; `functional` ones only say same or different. */
  readonly kind: "isolation" | "functional";
  /** Every subject of the rule for this config. Total: an absent statement has a value. */
  promises(config: Config): readonly Promised[];
  /** Promises that a cell adds to those of its config (declared outputs); absent for nearly every rule. */
  ofCell?(cell: CellFacts): readonly Promised[];
  /** The one notion of weaker. */
  compare(before: Json, after: Json): Comparison;
  /** What to ask. No question means that nothing can be observed and no check is scheduled. */
  ask(promised: Promised, cell: CellFacts): readonly Question[];
  /** Says what the answers show; `answers` holds an answer to every question that was asked. */
  judge(promised: Promised, answers: Answers, cell: CellFacts): Judgement;
}
