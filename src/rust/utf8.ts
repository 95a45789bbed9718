/** UTF-8 as Rust checks it: not only whether bytes are valid, but where and how far they are not. */

/** The first fault in bytes that are not UTF-8. */
export interface Utf8Error {
  /** How many bytes before it are valid. */
  readonly validUpTo: number;
  /** How many bytes the fault has, `undefined` when the bytes end inside a sequence. */
  readonly errorLength: number | undefined;
}

/** The first fault of `bytes`, `undefined` when they are UTF-8. */
export function findUtf8Error(bytes: Uint8Array): Utf8Error | undefined {
  for (let at = 0; at < bytes.length; ) {
    const sequence = findSequence(bytes[at] ?? 0);
    if (sequence === undefined) return { validUpTo: at, errorLength: 1 };
    for (let place = 1; place < sequence.length; place++) {
      const next = bytes[at + place];
      if (next === undefined) return { validUpTo: at, errorLength: undefined };
      const [low, high] = place === 1 ? sequence.second : continuation;
      if (next < low || next > high) return { validUpTo: at, errorLength: place };
    }
    at += sequence.length;
  }
  return undefined;
}

/** The Debug form of the error. */
export function debugUtf8Error({ validUpTo, errorLength }: Utf8Error): string {
  const length = errorLength === undefined ? "None" : `Some(${errorLength})`;
  return `Utf8Error { valid_up_to: ${validUpTo}, error_len: ${length} }`;
}

type Range = readonly [low: number, high: number];

interface Sequence {
  readonly first: Range;
  readonly length: number;
  /** What may stand in second place; from the third place on any continuation byte may. */
  readonly second: Range;
}

const continuation: Range = [0x80, 0xbf];

/** Unicode standard, table 3-7. */
const sequences: readonly Sequence[] = [
  { first: [0x00, 0x7f], length: 1, second: continuation },
  { first: [0xc2, 0xdf], length: 2, second: continuation },
  { first: [0xe0, 0xe0], length: 3, second: [0xa0, 0xbf] },
  { first: [0xe1, 0xec], length: 3, second: continuation },
  { first: [0xed, 0xed], length: 3, second: [0x80, 0x9f] },
  { first: [0xee, 0xef], length: 3, second: continuation },
  { first: [0xf0, 0xf0], length: 4, second: [0x90, 0xbf] },
  { first: [0xf1, 0xf3], length: 4, second: continuation },
  { first: [0xf4, 0xf4], length: 4, second: [0x80, 0x8f] },
];

function findSequence(first: number): Sequence | undefined {
  return sequences.find(({ first: [low, high] }) => first >= low && first <= high);
}
