/** Cuts a stream of bytes into lines. */
import { joinBytes } from "../host/join-bytes.ts";

/** One line without its line feed; `tooLong` as soon as it has more bytes than allowed, all of which are then gone. */
export type Line = { readonly bytes: Uint8Array } | { readonly tooLong: true };

const lineFeed = 0x0a;

/** The lines of `input`, each at most `limit` bytes long. A last line needs no line feed. */
export async function* readLines(input: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let size = 0;
  /** The line that ends here, unless it was given up before. */
  const take = (): readonly Line[] => {
    const lines: readonly Line[] = size > limit ? [] : [{ bytes: joinBytes(parts, size) }];
    parts = [];
    size = 0;
    return lines;
  };
  /** Nothing of a line that is too long is kept; that it is, is said once. */
  const add = (part: Uint8Array): readonly Line[] => {
    const fitted = size <= limit;
    size += part.length;
    if (size <= limit) {
      if (part.length > 0) parts.push(part);
      return [];
    }
    parts = [];
    return fitted ? [{ tooLong: true }] : [];
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      yield* add(chunk.subarray(start, end));
      yield* take();
      start = end + 1;
    }
    yield* add(chunk.subarray(start));
  }
  if (size > 0) yield* take();
}
