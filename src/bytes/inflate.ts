/** Decompression of DEFLATE data (RFC 1951), piece by piece, in bounded memory. */
import { BitReader, InflateError, type NextByte } from "./bit-reader.ts";
import { type Code, decode, makeCode } from "./huffman.ts";

/** How far back a copy may reach, and how much is handed over at a time. */
const windowSize = 32_768;
const pieceSize = 65_536;

/**
 * The decompressed bytes in pieces, each valid until the next is asked for. In the end returns the few bytes that it took
 * from behind the data. Throws {@link InflateError} when the data break off, after all that could be decompressed, and when
 * they are corrupt, after all whole windows: what miniz_oxide has of the next one is lost with its error. Like that library
 * it takes lengths without a code for the end, and copies from before the start, which are zeros.
 */
export function* inflate(next: NextByte): Generator<Uint8Array, Uint8Array> {
  const bits = new BitReader(next);
  const buffer = new Uint8Array(windowSize + pieceSize);
  let start = 0;
  let end = 0;
  /** Bytes that are no longer in the buffer. */
  let gone = 0;
  /** Where in the buffer the last whole window ends. */
  const wholeEnd = (): number => end - ((gone + end) % windowSize);
  /** Keeps the window, and what was not handed over yet, and makes room for the next piece. */
  const slide = (): void => {
    const passed = end - windowSize;
    start = wholeEnd() - passed;
    buffer.copyWithin(0, passed, end);
    gone += passed;
    end = windowSize;
  };
  try {
    for (let last = false; !last; ) {
      last = bits.take(1) === 1;
      const kind = bits.take(2);
      if (kind === 0) {
        for (let left = storedLength(bits); left > 0; left--) {
          const byte = bits.take(8);
          buffer[end++] = byte;
          if (end < buffer.length) continue;
          yield buffer.subarray(start, wholeEnd());
          slide();
        }
        continue;
      }
      if (kind === 3) throw new InflateError("corrupt");
      const { lengths, distances } = kind === 1 ? fixedCodes : readCodes(bits);
      for (;;) {
        const symbol = decode(bits, lengths);
        if (symbol === 256) break;
        if (symbol < 256) {
          buffer[end++] = symbol;
        } else {
          const length = extended(bits, lengthCodes, symbol - 257);
          const distance = extended(bits, distanceCodes, decode(bits, distances));
          for (const stop = end + length; end < stop; end++) buffer[end] = buffer[end - distance] ?? 0;
        }
        if (end < buffer.length - longestCopy) continue;
        yield buffer.subarray(start, wholeEnd());
        slide();
      }
    }
  } catch (error) {
    const kept = error instanceof InflateError && error.fault === "corrupt" ? wholeEnd() : end;
    if (kept > start) yield buffer.subarray(start, kept);
    throw error;
  }
  if (end > start) yield buffer.subarray(start, end);
  return bits.rest();
}

const longestCopy = 258;

function storedLength(bits: BitReader): number {
  bits.align();
  const length = bits.take(16);
  if (bits.take(16) !== (length ^ 0xffff)) throw new InflateError("corrupt");
  return length;
}

/** Base values and numbers of extra bits (RFC 1951, section 3.2.5). */
interface Extended {
  readonly bases: readonly number[];
  readonly extra: readonly number[];
}

const lengthCodes: Extended = {
  bases: [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ],
  extra: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
};

const distanceCodes: Extended = {
  bases: [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12_289, 16_385, 24_577,
  ],
  extra: [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
};

function extended(bits: BitReader, { bases, extra }: Extended, symbol: number): number {
  const base = bases[symbol];
  if (base === undefined) throw new InflateError("corrupt");
  return base + bits.take(extra[symbol] ?? 0);
}

interface Codes {
  readonly lengths: Code;
  readonly distances: Code;
}

/** RFC 1951, section 3.2.6. */
const fixedCodes: Codes = {
  lengths: makeCode(
    Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  ),
  distances: makeCode(Array.from({ length: 32 }, () => 5)),
};

/** RFC 1951, section 3.2.7. */
function readCodes(bits: BitReader): Codes {
  const lengthCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const count = bits.take(4) + 4;
  const small = Array.from({ length: 19 }, () => 0);
  for (const symbol of orderOfLengths.slice(0, count)) small[symbol] = bits.take(3);
  const code = makeCode(small);
  const lengths: number[] = [];
  while (lengths.length < lengthCount + distanceCount) {
    const symbol = decode(bits, code);
    if (symbol < 16) {
      lengths.push(symbol);
      continue;
    }
    const repeated = symbol === 16 ? lengths.at(-1) : 0;
    if (repeated === undefined) throw new InflateError("corrupt");
    const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    for (let time = 0; time < times; time++) lengths.push(repeated);
  }
  if (lengths.length > lengthCount + distanceCount) throw new InflateError("corrupt");
  return {
    lengths: makeCode(lengths.slice(0, lengthCount)),
    distances: makeCode(lengths.slice(lengthCount)),
  };
}

const orderOfLengths: readonly number[] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
