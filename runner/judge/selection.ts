/** The part of the table that a command line asks for. */
import { CupelError } from "../../src/errors.ts";
import { selectIds } from "../../src/glob.ts";
import type { Policy } from "../../src/policy/read-policy.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { Context } from "../arguments/command.ts";
import { nearest } from "../arguments/nearest.ts";
import { type DataRoot, dataRoot } from "../load/data-root.ts";
import { loadCases } from "../load/load-cases.ts";
import { type Goldens, loadGoldens } from "../load/load-goldens.ts";
import { loadPolicies } from "../load/load-policies.ts";
import { casesOfShard, readShard } from "./shard.ts";

/** What is going to be judged, and against what. */
export interface Selection {
  readonly root: DataRoot;
  /** The selected cases, in the order of the table; of them those of this shard. */
  readonly cases: readonly PlacedCase[];
  /** All that patterns and tags select, whichever shard they belong to. */
  readonly selected: readonly PlacedCase[];
  /** `I/N` as it was given, null for a run that is not split. */
  readonly shard: string | null;
  /** Whether that is the whole table. */
  readonly isWhole: boolean;
  readonly goldens: Goldens;
  readonly policies: readonly Policy[];
}

/**
 * Loads the table (`--cases`) and selects by `patterns`, `--tag` and `--shard`; without them, all of it. `mayLackGoldens`: cases
 * without their goldens are no error, for they are about to be written.
 * Throws CupelError for a table that cannot be read (exit 2) and for a pattern or tag that selects nothing (exit 4).
 */
export function loadSelection(
  { flags, cwd }: Pick<Context, "flags" | "cwd">,
  patterns: readonly string[],
  mayLackGoldens = false,
): Selection {
  const shard = readShard(flags);
  const root = dataRoot(flags.value("cases"), cwd);
  const all = loadCases(root);
  const goldens = loadGoldens(root, all, mayLackGoldens);
  const selected = withTags(matching(all, patterns), flags.list("tag"), all);
  const cases = shard === null ? selected : casesOfShard(selected, shard);
  const isWhole = cases.length === all.length;
  return { root, cases, selected, shard: shard?.text ?? null, isWhole, goldens, policies: loadPolicies(root) };
}

function matching(cases: readonly PlacedCase[], patterns: readonly string[]): readonly PlacedCase[] {
  if (patterns.length === 0) return cases;
  const ids = new Set(
    selectIds(
      patterns,
      cases.map(({ fullId }) => fullId),
    ),
  );
  return cases.filter(({ fullId }) => ids.has(fullId));
}

function withTags(
  cases: readonly PlacedCase[],
  tags: readonly string[],
  all: readonly PlacedCase[],
): readonly PlacedCase[] {
  if (tags.length === 0) return cases;
  const known = [...new Set(all.flatMap((each) => each.tags ?? []))].sort();
  for (const tag of tags) {
    if (known.includes(tag)) continue;
    const meant = nearest(tag, known);
    const hint = known.length === 0 ? "no case of this table has a tag" : `the tags are ${known.join(", ")}`;
    throw new CupelError("no-match", `no case has the tag "${tag}"`, {
      exit: 4,
      hint: meant === undefined ? hint : `did you mean ${meant}? ${hint}`,
    });
  }
  const chosen = cases.filter((each) => each.tags?.some((tag) => tags.includes(tag)) === true);
  if (chosen.length > 0) return chosen;
  throw new CupelError("no-match", `none of the selected cases has the tag ${tags.join(" or ")}`, { exit: 4 });
}
