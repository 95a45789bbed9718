/** The order of bytes, for sorting as programs do that know nothing of characters. */

/** Negative, zero or positive as `a` stands before, beside or behind `b`. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * {@link compareBytes} of the UTF-8 of two texts, which is the order of their code points. JavaScript's own differs: in
 * UTF-16 the surrogates, which stand for U+10000 and above, come before U+E000.
 */
export function compareUtf8(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
