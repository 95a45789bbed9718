/** Decompression of a gzip member (RFC 1952), piece by piece. What goes wrong is told in the words of Rust's flate2 1.0. */
import { InflateError } from "./bit-reader.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";

/** Gives the next bytes, none at the end; valid until the next call. */
export type NextPiece = () => Uint8Array;

/** The data are not what they should be; the message says how. */
export class GzipError extends Error {
  override readonly name = "GzipError";
}

/** The pieces of the first member of what `source` gives; what follows it is not read. The pieces throw {@link GzipError}. */
export function gunzip(source: NextPiece): NextPiece {
  const bytes = bytesOf(source);
  let pieces: Iterator<Uint8Array, Uint8Array> | undefined;
  let ended = false;
  let sum = 0;
  let size = 0;
  return () => {
    if (ended) return nothing;
    if (pieces === undefined) {
      ended = true; // unless the header is one
      readHeader(bytes);
      pieces = inflate(bytes);
      ended = false;
    }
    const { done, value } = nextOf(pieces);
    if (done !== true) {
      sum = crc32(value, sum);
      size += value.length;
      return value;
    }
    ended = true;
    checkTrailer(value, bytes, sum, size);
    return nothing;
  };
}

const nothing = new Uint8Array(0);

/** Bits of the header's flags. */
const flags = { headerSum: 2, extra: 4, name: 8, comment: 16 };

function readHeader(next: () => number | undefined): void {
  let sum = 0;
  const take = (): number => {
    const byte = next();
    if (byte === undefined) throw new GzipError("failed to fill whole buffer");
    sum = crc32(Uint8Array.of(byte), sum);
    return byte;
  };
  const skipText = (): void => {
    for (let byte = next(); byte !== undefined; byte = next()) {
      sum = crc32(Uint8Array.of(byte), sum);
      if (byte === 0) return;
    }
  };
  const header = Array.from({ length: 10 }, take);
  if (header[0] !== 0x1f || header[1] !== 0x8b || header[2] !== 8) throw new GzipError("invalid gzip header");
  const has = (flag: number): boolean => ((header[3] ?? 0) & flag) !== 0;
  if (has(flags.extra)) {
    const length = take() + 256 * take();
    for (let place = 0; place < length; place++) take();
  }
  if (has(flags.name)) skipText();
  if (has(flags.comment)) skipText();
  if (!has(flags.headerSum)) return;
  const wanted = sum & 0xffff;
  if (take() + 256 * take() !== wanted) throw new GzipError(wrongSum);
}

const wrongSum = "corrupt gzip stream does not have a matching checksum";

function checkTrailer(first: Uint8Array, next: () => number | undefined, sum: number, size: number): void {
  const trailer = new DataView(new ArrayBuffer(8));
  for (let place = 0; place < 8; place++) {
    const byte = first[place] ?? next();
    if (byte === undefined) throw new GzipError("unexpected end of file");
    trailer.setUint8(place, byte);
  }
  if (trailer.getUint32(0, true) !== sum || trailer.getUint32(4, true) !== size % 2 ** 32) {
    throw new GzipError(wrongSum);
  }
}

/** The library says the same of data that break off as of those that are none; of a trailer that breaks off it says another thing. */
function nextOf(pieces: Iterator<Uint8Array, Uint8Array>): IteratorResult<Uint8Array, Uint8Array> {
  try {
    return pieces.next();
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    throw new GzipError("corrupt deflate stream");
  }
}

function bytesOf(source: NextPiece): () => number | undefined {
  let piece: Uint8Array = nothing;
  let at = 0;
  let ended = false;
  return () => {
    if (at < piece.length) return piece[at++];
    if (ended) return undefined;
    piece = source();
    at = 0;
    ended = piece.length === 0;
    return piece[at++];
  };
}
