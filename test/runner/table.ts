/** A small table of one's own, for tests: one operation of snix, whose values are easy to state. */
import type { Json } from "../../src/json/value.ts";

/** What scratchName makes of the path `build`. */
export const nameOfBuild = "3SCCPULSYMZAQ35F76TA3A3HYQROJMTNQW7SVJDXX5BNIYJ3WHYA====";

/** A case that passes; `more` replaces or adds members. */
export function oneCase(id: string, more: { readonly [key: string]: Json } = {}): Json {
  return {
    id,
    title: `the title of ${id}`,
    operation: "scratchName",
    request: { path: "build" },
    expect: { value: nameOfBuild },
    recorded: { from: "ours" },
    ...more,
  };
}

/** The text of the table cases/snix/mine.json with these cases. */
export function tableText(...cases: readonly Json[]): string {
  return JSON.stringify({ system: "snix", area: "mine", why: "because", cases });
}

/** The files of a table directory with these cases. */
export function tableFiles(...cases: readonly Json[]): { readonly [path: string]: string } {
  return { "cases/snix/mine.json": tableText(...cases) };
}
