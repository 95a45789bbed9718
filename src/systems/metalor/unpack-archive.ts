/** Unpacks the archive that a workspace starts from. Fact sheet: upstream src/runtime/linux.rs, section 10. */
import { GzipError, gunzip, type NextPiece } from "../../bytes/gunzip.ts";
import { decodeUtf8, textOfUtf8 } from "../../bytes/utf8.ts";
import { fileName, joinPath, parentPath, pathComponents } from "../../rust/path.ts";
import { type FileReader, type Host, HostError } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError } from "../rust-io-error.ts";
import { attempt } from "./attempt.ts";
import { makeDirectories } from "./make-directories.ts";
import { ArchiveFault } from "./tar/fault.ts";
import { type ArchiveEntry, readArchive } from "./tar/read-archive.ts";
import { unpackEntry } from "./unpack-entry.ts";
import { watchLinks } from "./watch-links.ts";

/** Unpacks `archive` into the directory `workspace`. Throws {@link Rejection}; what is unpacked by then stays. */
export function unpackArchive(host: Host, archive: string, workspace: string): void {
  const name = fileName(archive);
  if (name === undefined) throw new Rejection("invalid-archive-path", `invalid archive path ${archive}`);
  const reader = openArchive(host, archive);
  try {
    const watch = watchLinks(host, workspace);
    const entries = readArchive(decompressed(name, archive, () => reader.read()));
    for (let entry = nextOf(entries, archive); entry !== undefined; entry = nextOf(entries, archive)) {
      const target = targetOf(entry, archive, workspace);
      watch.before(target, entry.header.type);
      const parent = parentPath(target);
      if (parent !== undefined) {
        attempt(`failed to create ${parent}`, parent, () => makeDirectories(host.files, parent));
      }
      withContext(`failed to unpack ${archive} into ${target}`, () => unpackEntry(host, entry, target));
      watch.after(entry.header.type);
    }
  } finally {
    reader.close();
  }
}

/** A directory can be opened; it is reading that fails. */
function openArchive({ files }: Host, archive: string): FileReader {
  return attempt(`failed to open workspace archive ${archive}`, archive, () => {
    try {
      return files.open(archive);
    } catch (error) {
      if (!(error instanceof HostError && error.errno === "EISDIR")) throw error;
      const read = (): never => {
        throw error;
      };
      return { read, close: () => {} };
    }
  });
}

function decompressed(name: string, archive: string, read: NextPiece): NextPiece {
  if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) return gunzip(read);
  if (name.endsWith(".tar")) return read;
  const text = `unsupported workspace archive format ${archive} (expected .tar, .tar.gz, or .tgz)`;
  throw new Rejection("unsupported-archive", text);
}

function nextOf(entries: Iterator<ArchiveEntry>, archive: string): ArchiveEntry | undefined {
  return withContext(`failed to read tar entry from ${archive}`, () => {
    const { done, value } = entries.next();
    return done === true ? undefined : value;
  });
}

function targetOf({ path }: ArchiveEntry, archive: string, workspace: string): string {
  const text = decodeUtf8(path);
  const parts = pathComponents(text);
  if (parts[0] === "/" || parts.includes("..")) {
    throw new Rejection("unsafe-archive-path", `workspace archive ${archive} contained an unsafe path ${text}`);
  }
  if (textOfUtf8(path) === undefined) {
    throw new Rejection("name-not-utf8", `workspace archive ${archive} holds a name that is not UTF-8 text: ${text}`);
  }
  return joinPath(workspace, text);
}

/** What `step` gives; what is wrong with the archive, and what the operating system refuses, stands behind `context`. */
function withContext<Value>(context: string, step: () => Value): Value {
  try {
    return step();
  } catch (error) {
    const known = error instanceof ArchiveFault || error instanceof GzipError;
    if (!known && !(error instanceof HostError)) throw error;
    const cause = known ? error.message : displayIoError(error);
    throw new Rejection("archive-not-unpacked", `${context}: ${cause}`);
  }
}
