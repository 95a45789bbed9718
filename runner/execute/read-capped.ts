/** Reads a file that somebody else may have made: no link, nothing that blocks, no more than asked for. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** The first `cap` bytes of a regular file as text. Throws for a link, a fifo, a device, and what the system says. */
export function readCapped(path: string, cap: number): string {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`${path} is not a regular file`);
    const buffer = Buffer.alloc(cap);
    let length = 0;
    for (let got = -1; got !== 0 && length < cap; length += got) {
      got = readSync(descriptor, buffer, length, cap - length, null);
    }
    return buffer.toString("utf8", 0, length);
  } finally {
    closeSync(descriptor);
  }
}
