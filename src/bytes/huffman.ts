/** Huffman codes of DEFLATE data (RFC 1951, section 3.2). */
import { type BitReader, InflateError } from "./bit-reader.ts";

/** A Huffman code in canonical form: how many codes each length has, and the symbols in the order of their codes. */
export interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
  /** For every value of the next bits, 16 times the symbol plus the length of its code; 0 where that is longer. */
  readonly quick: Uint16Array;
}

/** So many bits are looked up at once. */
const quickBits = 10;

/** The next symbol. Throws {@link InflateError}. */
export function decode(bits: BitReader, code: Code): number {
  const found = code.quick[bits.peek(quickBits)] ?? 0;
  if (found === 0) return decodeSlowly(bits, code);
  bits.drop(found & 15);
  return found >>> 4;
}

function decodeSlowly(bits: BitReader, { counts, symbols }: Code): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= 15; length++) {
    code |= bits.take(1);
    const count = counts[length] ?? 0;
    if (code - first < count) return symbols[index + code - first] ?? 0;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new InflateError("corrupt");
}

/**
 * The code whose symbols have these lengths. Throws {@link InflateError}: a code that is too full is corrupt, and so is one
 * with gaps, unless it has a single symbol or none.
 */
export function makeCode(lengths: readonly number[]): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const used = lengths.length - (counts[0] ?? 0);
  counts[0] = 0;
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    left = 2 * left - (counts[length] ?? 0);
    if (left < 0) throw new InflateError("corrupt");
  }
  if (left > 0 && used > 1) throw new InflateError("corrupt");
  const offsets = new Uint16Array(17);
  for (let length = 1; length <= 15; length++) offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  const symbols = new Uint16Array(used);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const place = offsets[length] ?? 0;
    symbols[place] = symbol;
    offsets[length] = place + 1;
  }
  return { counts, symbols, quick: quickTable(counts, symbols) };
}

/** Codes are sent from their highest bit on, so in the table they stand mirrored. */
function quickTable(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const quick = new Uint16Array(1 << quickBits);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= quickBits; length++) {
    for (let left = counts[length] ?? 0; left > 0; left--, code++, index++) {
      let mirrored = 0;
      for (let bit = 0; bit < length; bit++) mirrored |= ((code >>> bit) & 1) << (length - 1 - bit);
      const entry = ((symbols[index] ?? 0) << 4) | length;
      for (let at = mirrored; at < quick.length; at += 1 << length) quick[at] = entry;
    }
    code <<= 1;
  }
  return quick;
}
