/** Reads an archive entry by entry, in bounded memory, as Rust's tar 0.4.38 does. Fact sheet: section 10. */
import type { NextPiece } from "../../../bytes/gunzip.ts";
import { ArchiveFault } from "./fault.ts";
import { type Header, readHeader } from "./header.ts";
import { paxSize, paxValue } from "./pax.ts";
import { type Extent, sparseExtents } from "./sparse.ts";
import { ByteStream } from "./stream.ts";

/** One entry. Its content is there until the next one is asked for. */
export interface ArchiveEntry {
  readonly header: Header;
  /** The path, wherever it is said. */
  readonly path: Uint8Array;
  readonly link: Uint8Array | undefined;
  /** What the content is made of. */
  readonly extents: readonly Extent[];
  /** The next bytes of the content, at most `most` and at least one; none when the archive ends there. */
  read(most: number): Uint8Array;
}

/** The entries of what `source` gives, up to the first block of zeros. Throws {@link ArchiveFault}. */
export function* readArchive(source: NextPiece): Generator<ArchiveEntry> {
  const stream = new ByteStream(source);
  for (let entry = readEntry(stream); entry !== undefined; entry = readEntry(stream)) yield entry;
}

/** What stands before an entry and speaks of it. */
interface Before {
  name?: Uint8Array;
  link?: Uint8Array;
  pax?: Uint8Array;
}

function readEntry(stream: ByteStream): ArchiveEntry | undefined {
  const before: Before = {};
  for (let first = true; ; first = false) {
    const header = nextHeader(stream);
    if (header === undefined) {
      if (first) return undefined;
      throw new ArchiveFault("members found describing a future member but no future member found");
    }
    const kind = header.format === "old" ? undefined : kinds[header.type];
    const size = header.size === 0 && before.pax !== undefined ? (paxSize(before.pax) ?? 0) : header.size;
    stream.setNext(size);
    if (kind === undefined) return entryOf(stream, header, size, before);
    if (before[kind] !== undefined) throw new ArchiveFault(`two ${kindNames[kind]} entries describing the same member`);
    before[kind] = stream.readAll(size);
  }
}

const kinds: { readonly [type: string]: keyof Before } = { L: "name", K: "link", x: "pax" };

const kindNames: { readonly [kind in keyof Before]-?: string } = {
  name: "long name",
  link: "long name",
  pax: "pax extensions",
};

function nextHeader(stream: ByteStream): Header | undefined {
  stream.skipToNext();
  const block = stream.readBlock();
  return block === undefined || block.every((byte) => byte === 0) ? undefined : readHeader(block.slice());
}

function entryOf(stream: ByteStream, header: Header, size: number, { name, link, pax }: Before): ArchiveEntry {
  const path = name === undefined ? undefined : withoutNul(name);
  const target = link === undefined ? undefined : withoutNul(link);
  return {
    header,
    path: path ?? (pax && paxValue(pax, "path")) ?? header.path,
    link: target ?? (pax && paxValue(pax, "linkpath")) ?? header.link,
    extents: header.type === "S" ? sparseExtents(stream, header, size) : [{ kind: "data", size }],
    read: (most) => stream.read(most),
  };
}

/** One NUL at the end belongs to the format. */
function withoutNul(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes;
}
