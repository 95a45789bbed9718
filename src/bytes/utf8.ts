/** Text as UTF-8, and back. A byte order mark is a character like any other. */

const encoder = new TextEncoder();
const lossy = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** The UTF-8 bytes of `text`. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of `bytes`; each run of bytes that is not UTF-8 becomes one U+FFFD, as in Rust. */
export function decodeUtf8(bytes: Uint8Array): string {
  return lossy.decode(bytes);
}

/** The text of `bytes`, undefined where they are not UTF-8. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
