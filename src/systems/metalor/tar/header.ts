/** The header of an archive's entry, as Rust's tar 0.4.38 reads it. Fact sheet: section 10; tar(5). */
import { decodeUtf8, encodeUtf8 } from "../../../bytes/utf8.ts";
import { trimWhiteSpace } from "../../../rust/trim.ts";
import { ArchiveFault } from "./fault.ts";

/** Size of headers and of what data are padded to, bytes. */
export const blockSize = 512;

/** What a header says. Sizes are bytes. */
export interface Header {
  readonly type: string;
  readonly format: "old" | "ustar" | "gnu";
  /** The path that the header itself holds. */
  readonly path: Uint8Array;
  readonly link: Uint8Array | undefined;
  /** Undefined when the field holds no number. */
  readonly mode: number | undefined;
  readonly size: number;
  /** Seconds since 1970; undefined when the field holds no number. */
  readonly modified: number | undefined;
  readonly block: Uint8Array;
}

/** Reads a header. Throws {@link ArchiveFault} for a wrong sum and for a size that is no number. */
export function readHeader(block: Uint8Array): Header {
  const format = formatOf(block);
  const path = pathOf(block, format);
  const sum = octal(field(block, 148, 8), `cksum for ${decodeUtf8(path)}`);
  let found = 8 * 32;
  for (const [place, byte] of block.entries()) if (place < 148 || place >= 156) found += byte;
  if (found !== sum % 2 ** 32) throw new ArchiveFault("archive header checksum mismatch");
  const link = field(block, 157, 100);
  return {
    type: String.fromCharCode(block[156] ?? 0),
    format,
    path,
    link: link[0] === 0 ? undefined : upToNul(link),
    mode: orNothing(() => octal(field(block, 100, 8), "mode")),
    modified: orNothing(() => number(field(block, 136, 12), "mtime")),
    size: number(field(block, 124, 12), `size for ${decodeUtf8(path)}`),
    block,
  };
}

/** `size` bytes from `start`. */
export function field(block: Uint8Array, start: number, size: number): Uint8Array {
  return block.subarray(start, start + size);
}

/** A number in octal digits, or with the highest bit set in binary. `what` says what for, when it is none. */
export function number(bytes: Uint8Array, what: string): number {
  if (((bytes[0] ?? 0) & 0x80) === 0) return octal(bytes, what);
  // Of more than eight bytes the last eight count; nothing that large can be there.
  let value = 0;
  for (const byte of bytes.slice(-8)) value = value * 256 + byte;
  return value;
}

/** A number in octal digits; blanks around them, and what follows a NUL, do not count. */
export function octal(bytes: Uint8Array, what: string): number {
  const shown = upToNul(bytes);
  const text = decodeUtf8(shown);
  if (encodeUtf8(text).length !== shown.length) {
    throw new ArchiveFault(`numeric field did not have utf-8 text: ${text} when getting ${what}`);
  }
  const digits = trimWhiteSpace(text).replace(/^\+/, "");
  if (!/^[0-7]+$/.test(digits)) throw new ArchiveFault(`numeric field was not a number: ${text} when getting ${what}`);
  return Number.parseInt(digits, 8);
}

function orNothing(read: () => number): number | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ArchiveFault) return undefined;
    throw error;
  }
}

function formatOf(block: Uint8Array): Header["format"] {
  const magic = String.fromCharCode(...field(block, 257, 8));
  if (magic === "ustar\u000000") return "ustar";
  return magic === "ustar  \0" ? "gnu" : "old";
}

function pathOf(block: Uint8Array, format: Header["format"]): Uint8Array {
  const name = upToNul(field(block, 0, 100));
  const prefix = upToNul(field(block, 345, 155));
  if (format !== "ustar" || prefix.length === 0) return name;
  return Uint8Array.of(...prefix, 0x2f, ...name);
}

/** The bytes before the first NUL. */
export function upToNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
