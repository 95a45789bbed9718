/** A text as OCaml writes it in source: upstream quotes names with `%S`. */

const named: ReadonlyMap<number, string> = new Map([
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

const encoder = new TextEncoder();

/** The literal with its double quotes: printable ASCII as it is, every other byte of the UTF-8 form as `\ddd`. */
export function ocamlLiteral(text: string): string {
  let literal = '"';
  for (const byte of encoder.encode(text)) literal += named.get(byte) ?? plainOrDecimal(byte);
  return `${literal}"`;
}

function plainOrDecimal(byte: number): string {
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte);
  return `\\${String(byte).padStart(3, "0")}`;
}
