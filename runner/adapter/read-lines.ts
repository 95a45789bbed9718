/** Cuts a stream of bytes into lines. */
import { joinBytes } from "../host/join-bytes.ts";

/** One line without its line feed; `tooLong` when it had more bytes than allowed, which are then gone. */
export type Line = { readonly bytes: Uint8Array } | { readonly tooLong: true };

const lineFeed = 0x0a;

/** The lines of `input`, each at most `limit` bytes long. A last line needs no line feed. */
export async function* readLines(input: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (): Line => {
    const line: Line = size > limit ? { tooLong: true } : { bytes: joinBytes(parts, size) };
    parts = [];
    size = 0;
    return line;
  };
  const add = (part: Uint8Array): void => {
    size += part.length;
    // What is too long is counted, but not kept.
    if (size > limit) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}
