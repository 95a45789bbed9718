/** Splits a selection among several runs: `--shard I/N`. */
import type { PlacedCase } from "../../src/suite/case.ts";
import type { Flags } from "../arguments/option.ts";
import { usageError } from "../arguments/usage-error.ts";

/** One of several runs. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** `INDEX/COUNT`. */
  readonly text: string;
}

const most = 1000;

/** The shard that `--shard` asks for, null without it. Throws a usage error (exit 2). */
export function readShard(flags: Flags): Shard | null {
  const text = flags.declares("shard") ? flags.value("shard") : undefined;
  if (text === undefined) return null;
  const [, index = 0, count = 0] = (/^([1-9][0-9]*)\/([1-9][0-9]*)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count && count <= most) return { index, count, text };
  throw usageError(`--shard ${text}: expected I/N, I from 1 to N, and N at most ${most}`, "for example --shard 1/4");
}

/** Every COUNT-th case, from the INDEX-th on: neighbours, which take alike long, go to different shards. */
export function casesOfShard(cases: readonly PlacedCase[], { index, count }: Shard): readonly PlacedCase[] {
  return cases.filter((_, at) => at % count === index - 1);
}
