/** Explains a rule. */
import type { Mutant } from "../../src/policy/mutant.ts";
import type { Policy } from "../../src/policy/read-policy.ts";
import type { Rule } from "../../src/policy/rule.ts";
import { printable } from "../../src/suite/printable.ts";
import { wrap } from "../terminal/wrap.ts";
import { type PageStyle, part, table, text } from "./page.ts";

/** The page of `rule`: what it says and why, who asks for it, what weakens it. */
export function explainRule(
  rule: Rule,
  policies: readonly Policy[],
  mutants: readonly Mutant[],
  style: PageStyle,
): string {
  const asking = policies.filter(({ requires }) => requires.some((each) => each.rule === rule.id));
  const weakening = mutants.filter((mutant) => mutant.rule === rule.id);
  const kind =
    rule.kind === "isolation"
      ? "isolation: its values can be weaker or stronger"
      : "functional: its values are the same or not";
  const parts = [
    `${style.paint.bold(rule.id)}\n${wrap(printable(rule.title), style.columns, "", "")}`,
    part("Why", text(rule.why, style), style),
    part(
      "Kind",
      table(
        [
          ["level", rule.level.toUpperCase()],
          ["kind", kind],
        ],
        style,
      ),
      style,
    ),
    part("References", rule.refs.map(printable), style),
  ];
  if (asking.length > 0)
    parts.push(
      part(
        "Required by",
        table(
          asking.map(({ name, why }) => [name, why]),
          style,
        ),
        style,
      ),
    );
  if (weakening.length > 0) {
    parts.push(
      part(
        "Mutants that must be noticed",
        table(
          weakening.map(({ id, weakens }) => [id, weakens]),
          style,
        ),
        style,
      ),
    );
  }
  return `${parts.join("\n\n")}\n`;
}
