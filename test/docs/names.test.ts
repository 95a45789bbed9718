import { shippedRoot } from "../../runner/load/data-root.ts";
import { loadBaselines } from "../../runner/load/load-baselines.ts";
import { loadCases } from "../../runner/load/load-cases.ts";
import { globMatcher } from "../../src/glob.ts";
import { rules } from "../../src/policy/rules.ts";
import type { BaselineEntry } from "../../src/suite/baseline.ts";
import { assert, test } from "../suite.ts";
import { allPages, proseOf, readPage, sectionOf, spansOf } from "./markdown.ts";

const cases = new Set(loadCases(shippedRoot).map(({ fullId }) => fullId));

test("every case that a page names exists", () => {
  const named = allPages().flatMap((page) =>
    [
      ...proseOf(page).matchAll(
        /(?<![\w/.-])((?:snix|obuilder|buildkit|crossplane|metalor)\/[a-z0-9-]+\/[a-z0-9-]+)(?![\w/.-]*\.json)/g,
      ),
    ].map(([, id = ""]) => ({ page: page.path, id })),
  );
  assert.ok(named.length > 10, `${named.length} cases`);
  assert.equal(
    named.filter(({ id }) => !cases.has(id)).map(({ page, id }) => `${page}: ${id}`),
    [],
  );
});

test("every rule that the findings name exists", () => {
  const known = new Set(["starts", ...rules.map(({ id }) => id)]);
  const named = spansOf(readPage("docs/FINDINGS.md")).flatMap((span) => /^([a-z-]+)\[[^\]]+\]$/.exec(span)?.[1] ?? []);
  assert.ok(named.length > 5, `${named.length} rules`);
  assert.equal(
    named.filter((rule) => !known.has(rule)),
    [],
  );
});

test("every known failure is explained in the findings, in the part of its runtime, by its case and its check", () => {
  const page = readPage("docs/FINDINGS.md");
  const explainedOf = (runtime: string): readonly string[] => {
    const part = sectionOf(
      page,
      runtime === "unshare" ? "Differences of metalor's own cells" : `Differences of ${runtime}`,
    );
    return [...part.matchAll(/\*\*Case:\*\* `([^`]+)`, checks? ((?:[^*]|\*(?!\*))*)/g)].flatMap(([, id, rest = ""]) =>
      [...rest.matchAll(/`([a-z-]+\[[^`]+\])`/g)].map(([, check]) => `${id}#run/${check}`),
    );
  };
  const isExplained = ({ check, when }: BaselineEntry): boolean =>
    ["privileged", "unprivileged"].some((caller) =>
      explainedOf(when?.runtime ?? "").some((each) => globMatcher(check)(`${each}@${when?.runtime}+${caller}`)),
    );
  const flags = { has: () => false, value: () => undefined, list: () => [], declares: () => true };
  const entries = loadBaselines(shippedRoot, flags, "/").flatMap((baseline) => baseline.entries);
  assert.ok(entries.length > 0);
  assert.equal(
    entries.filter((entry) => !isExplained(entry)).map(({ check }) => check),
    [],
  );
});
