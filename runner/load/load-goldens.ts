/** Finds the expected documents of cases. */
import { CupelError } from "../../src/errors.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { DataRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";

/** The goldens of a table. */
export interface Goldens {
  /** The text of a case's golden, undefined when there is none. Throws CupelError when it cannot be read. */
  of(id: string): string | undefined;
}

/** Path of a case's golden below its root. */
export function goldenPath(id: string): string {
  return `golden/${id}.json`;
}

/**
 * The goldens below `golden/` of `root`. Only files found by listing are ever read, so no id of a case leads elsewhere.
 * Throws CupelError `orphaned-golden` for a golden that no case expects, and `missing-golden` for a case without its
 * golden, unless `mayLack`.
 */
export function loadGoldens(root: DataRoot, cases: readonly PlacedCase[], mayLack: boolean): Goldens {
  const files = new Map(listFiles(root, "golden").map((file) => [file.path, file]));
  const expecting = cases.filter((each) => each.expect === "golden");
  const expected = new Set(expecting.map((each) => goldenPath(each.fullId)));
  for (const [path, file] of files) {
    if (expected.has(path)) continue;
    throw new CupelError("orphaned-golden", `${file.shown} belongs to no case that expects a golden`, {
      hint: `delete it, or add its case to ${root.prefix}${tableOf(path)}`,
    });
  }
  const lacking = mayLack ? undefined : expecting.find((each) => !files.has(goldenPath(each.fullId)));
  if (lacking !== undefined) throw missing(root, lacking);
  const texts = new Map<string, string>();
  return {
    of: (id) => {
      const path = goldenPath(id);
      const text = texts.get(path) ?? files.get(path)?.text();
      if (text !== undefined) texts.set(path, text);
      return text;
    },
  };
}

function missing(root: DataRoot, { fullId, recorded }: PlacedCase): CupelError {
  const hint =
    recorded.from === "ours"
      ? `cupel check ${fullId} --update${root.shipped ? "" : ` --cases ${root.prefix}`} writes it`
      : "record it from the upstream program, or bring it back from version control";
  const path = `${root.prefix}${goldenPath(fullId)}`;
  return new CupelError("missing-golden", `${fullId} expects a golden, but there is no ${path}`, { hint });
}

/** `golden/snix/mounts/one.json` is of `cases/snix/mounts.json`. */
function tableOf(path: string): string {
  return `${path.replace(/^golden\//, "cases/").replace(/\/[^/]*$/, "")}.json`;
}
