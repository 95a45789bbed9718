/** What there is to say of a check that did not pass, as labelled lines for any kind of report. */
import { printCompact } from "../../src/json/print.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import type { ReportStyle } from "./reporter.ts";
import { reproduce } from "./reproduce.ts";

/** One labelled piece; its lines can do nothing but be read. */
export interface Detail {
  readonly label: "at" | "promised" | "seen" | "because" | "stderr" | "code" | "see" | "again";
  readonly lines: readonly string[];
}

/** Longer values are shown in part: nobody reads them in a report. */
const longest = 2000;

/** The pieces of `check`, those that it has, in the order in which they are read. */
export function detailsOf(check: CheckEvent, style: ReportStyle): readonly Detail[] {
  const { at, promised, seen, reason, stderr, code, refs } = check;
  const one = (label: Detail["label"], text: string | undefined): readonly Detail[] =>
    text === undefined ? [] : [{ label, lines: text.split("\n").map(shown) }];
  return [
    ...one("at", at === "" ? "(the whole document)" : at),
    ...one("promised", promised === undefined ? undefined : printCompact(promised)),
    ...one("seen", seen === undefined ? undefined : printCompact(seen)),
    ...one("because", reason),
    ...one("stderr", stderr),
    ...one("code", code),
    ...(refs === undefined || refs.length === 0 ? [] : [{ label: "see" as const, lines: refs.map(shown) }]),
    ...one("again", reproduce(check.id, style.again, style.againRun)),
  ];
}

function shown(line: string): string {
  return printable(line.length <= longest ? line : `${line.slice(0, longest)}… (${line.length} characters)`);
}
