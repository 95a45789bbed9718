/** Reads a file tree back from disk, as the table speaks of trees; follows nothing and opens nothing but regular files. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { encodeBase64 } from "../../src/bytes/base64.ts";
import { compareUtf8 } from "../../src/bytes/order.ts";
import { textOfUtf8 } from "../../src/bytes/utf8.ts";
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";

/** Who is asked to write a few files and writes more than this has run wild. */
const mostEntries = 100_000;
const mostBytes = 256 * 1024 * 1024;

/**
 * Everything below `root` (absolute), parents first, each directory in the order of its names' bytes. What is neither
 * directory, file, link nor fifo has the type `other`. Throws CupelError `too-large`, and what the system throws.
 */
export function readTree(root: string): Json {
  const entries: Json[] = [];
  let bytes = 0;
  const walk = (directory: string): void => {
    for (const name of readdirSync(directory).sort(compareUtf8)) {
      const path = `${directory}/${name}`;
      const status = lstatSync(path);
      const mode = (status.mode & 0o7777).toString(8);
      bytes += status.isFile() ? status.size : 0;
      if (entries.length >= mostEntries || bytes > mostBytes) {
        throw new CupelError("too-large", `more than ${mostEntries} files or ${mostBytes} bytes were left`, {
          exit: 3,
        });
      }
      if (status.isSymbolicLink()) entries.push({ path, type: "symlink", target: readlinkSync(path) });
      else if (status.isFile()) entries.push({ path, type: "file", mode, ...contentOf(path) });
      else if (status.isDirectory()) entries.push({ path, type: "dir", mode });
      else entries.push({ path, type: status.isFIFO() ? "fifo" : "other", mode });
      if (status.isDirectory()) walk(path);
    }
  };
  walk(root);
  return entries;
}

function contentOf(path: string): { readonly content: string } | { readonly contentBase64: string } {
  // Whoever wrote it may still live: never wait on what has become a fifo, never follow what has become a link.
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const bytes = fstatSync(file).isFile() ? readFileSync(file) : new Uint8Array();
    const content = textOfUtf8(bytes);
    return content === undefined ? { contentBase64: encodeBase64(bytes) } : { content };
  } finally {
    closeSync(file);
  }
}
