/** Reads a bundle directory back. */
import { encodeBase64 } from "../../bytes/base64.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import type { Json } from "../../json/value.ts";
import type { Files } from "../host.ts";
import { findUtf8Error } from "../../rust/utf8.ts";

/**
 * Everything below `bundle`, parents first, each directory in the order of its names' bytes, paths relative to it. config.json
 * is there, but not its text: that is the value of the operation `config`.
 */
export function readTree(files: Files, bundle: string): readonly Json[] {
  return readDirectory(files, bundle, "");
}

function readDirectory(files: Files, bundle: string, below: string): readonly Json[] {
  return files.readDirectory(`${bundle}/${below}`).flatMap((name): readonly Json[] => {
    const path = below === "" ? name : `${below}/${name}`;
    const full = `${bundle}/${path}`;
    const { type } = files.lstat(full);
    if (type === "dir") return [{ path, type }, ...readDirectory(files, bundle, path)];
    if (type === "symlink") return [{ path, type, target: files.readLink(full) }];
    if (type !== "file") return [{ path, type }];
    if (path === "config.json") return [{ path, type, contents: "(the spec)" }];
    const bytes = files.readFile(full);
    return findUtf8Error(bytes) === undefined
      ? [{ path, type, contents: decodeUtf8(bytes) }]
      : [{ path, type, contentsBase64: encodeBase64(bytes) }];
  });
}
