/** What a schema expects, in words. */

/** `("a" | "b")`, as valibot writes a choice, becomes `one of "a", "b"`; anything else stays. */
export function choices(expected: string): string {
  return /^\(.* \| .*\)$/.test(expected) ? `one of ${expected.slice(1, -1).replaceAll(" | ", ", ")}` : expected;
}
