/** Text for XML and HTML. */
import { printable } from "../../src/suite/printable.ts";

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** `text` on one line, safe in elements and in attributes: what XML cannot hold is escaped as in JSON. */
export function markup(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => entities.get(character) ?? "");
}
