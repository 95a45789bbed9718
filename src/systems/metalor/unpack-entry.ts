/** Unpacks one entry of an archive, as Rust's tar 0.4.38 does with its defaults. Fact sheet: section 10. */

import { GzipError } from "../../bytes/gunzip.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import { pathComponents } from "../../rust/path.ts";
import { type Files, type FileWriter, type Host, HostError } from "../host.ts";
import { displayIoError, nulInPath } from "../rust-io-error.ts";
import { leadsTo } from "./leads-to.ts";
import { ArchiveFault } from "./tar/fault.ts";
import type { ArchiveEntry } from "./tar/read-archive.ts";

/** Makes `target` what `entry` is. Throws {@link ArchiveFault} with the library's words. */
export function unpackEntry(host: Host, entry: ArchiveEntry, target: string): void {
  const { header, path } = entry;
  const { files } = host;
  if (describing.includes(header.type)) return;
  // Old archives mark a directory by a slash alone.
  const isOldDirectory = header.format !== "ustar" && path.at(-1) === 0x2f;
  if (header.type === "1" || header.type === "2") makeLink(host, entry, target);
  else if (header.type === "5" || isOldDirectory) makeDirectory(files, entry, target);
  // Whatever else it is becomes a file.
  else makeFile(files, entry, target);
}

/** Types of entries that only speak of others. */
const describing: readonly string[] = ["g", "x", "L", "K"];

function makeDirectory(files: Files, entry: ArchiveEntry, target: string): void {
  refusable(
    (cause) => `${cause} when creating dir ${target}`,
    target,
    () => {
      try {
        files.makeDirectory(target);
      } catch (error) {
        if (!(error instanceof HostError && error.errno === "EEXIST" && leadsTo(files, target, "dir"))) throw error;
      }
    },
  );
  setMode(files, entry, target);
}

function makeLink({ files, refuse }: Host, { header, link }: ArchiveEntry, target: string): void {
  if (link === undefined) {
    throw new ArchiveFault(`hard link listed for ${decodeUtf8(header.block)} but no link name found`);
  }
  const words = decodeUtf8(link);
  if (pathComponents(words).length === 0) {
    throw new ArchiveFault(`symlink destination for ${decodeUtf8(header.block)} is empty`);
  }
  if (header.type === "1") {
    refuse(`the archive makes ${target} a hard link to ${words}, which is looked for outside of the workspace`);
    const hard = (cause: string): string => `${cause} when hard linking ${words} to ${target}`;
    refusable(hard, target + words, () => files.makeHardLink(words, target));
    return;
  }
  refusable(
    (cause) => `${cause} when symlinking ${words} to ${target}`,
    target + words,
    () => {
      try {
        files.makeLink(target, words);
      } catch (error) {
        if (!(error instanceof HostError && error.errno === "EEXIST")) throw error;
        files.removeFile(target);
        files.makeLink(target, words);
      }
    },
  );
}

function makeFile(files: Files, entry: ArchiveEntry, target: string): void {
  const failed = (cause: string): string =>
    `failed to unpack \`${decodeUtf8(entry.header.path)}\` into \`${target}\`: ${cause}`;
  refusable(failed, target, () => {
    const writer = createAnew(files, target);
    try {
      for (const { kind, size } of entry.extents) {
        if (kind === "hole") writeZeros(writer, size);
        else copyData(entry, writer, size);
      }
    } finally {
      const { modified } = entry.header;
      // Some tools do not take files of the year 1970.
      writer.close(modified === 0 ? 1 : modified);
    }
  });
  setMode(files, entry, target);
}

/** What is there is not written to, but unlinked. */
function createAnew(files: Files, target: string): FileWriter {
  try {
    return files.create(target);
  } catch (error) {
    if (!(error instanceof HostError && error.errno === "EEXIST")) throw error;
    files.removeFile(target);
    return files.create(target);
  }
}

function copyData(entry: ArchiveEntry, writer: FileWriter, size: number): void {
  for (let left = size; left > 0; ) {
    const bytes = entry.read(left);
    if (bytes.length === 0) throw new ArchiveFault("failed to write entire file");
    writer.write(bytes);
    left -= bytes.length;
  }
}

function writeZeros(writer: FileWriter, size: number): void {
  const zeros = new Uint8Array(Math.min(size, 65_536));
  for (let left = size; left > 0; left -= zeros.length) writer.write(zeros.subarray(0, left));
}

/** Set-id and sticky bits do not count. */
function setMode(files: Files, { header: { mode } }: ArchiveEntry, target: string): void {
  if (mode === undefined) return;
  const failed = (cause: string): string =>
    `failed to set permissions to ${mode.toString(8)} for \`${target}\`: ${cause}`;
  refusable(failed, target, () => files.setMode(target, mode & 0o777));
}

/** Does `step`, which names `paths`; what the operating system or the archive has against it is told in the words of `failed`. */
function refusable(failed: (cause: string) => string, paths: string, step: () => void): void {
  if (paths.includes("\0")) throw new ArchiveFault(failed(nulInPath));
  try {
    step();
  } catch (error) {
    if (error instanceof HostError) throw new ArchiveFault(failed(displayIoError(error)));
    if (error instanceof ArchiveFault || error instanceof GzipError) throw new ArchiveFault(failed(error.message));
    throw error;
  }
}
