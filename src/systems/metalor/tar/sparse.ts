/** Files with holes in GNU archives, as Rust's tar 0.4.38 reads them. */
import { decodeUtf8 } from "../../../bytes/utf8.ts";
import { ArchiveFault } from "./fault.ts";
import { blockSize, field, type Header, number, octal, upToNul } from "./header.ts";
import type { ByteStream } from "./stream.ts";

/** A stretch of a file: bytes of the archive, or zeros. Sizes are bytes. */
export interface Extent {
  readonly kind: "data" | "hole";
  readonly size: number;
}

/** The stretches of the sparse file behind `header`, whose data take `size` bytes. Throws {@link ArchiveFault}. */
export function sparseExtents(stream: ByteStream, header: Header, size: number): readonly Extent[] {
  if (header.format !== "gnu") throw new ArchiveFault("sparse entry type listed but not GNU header");
  const { block } = header;
  const extents: Extent[] = [];
  let current = 0;
  let remaining = size;
  const add = (place: Uint8Array): void => {
    if (place[0] === 0 || place[12] === 0) return;
    const offset = number(field(place, 0, 12), "offset from sparse header");
    const length = number(field(place, 12, 12), "length from sparse header");
    if (length !== 0 && (size - remaining) % blockSize !== 0) {
      throw new ArchiveFault("previous block in sparse file was not aligned to 512-byte boundary");
    }
    if (offset < current) throw new ArchiveFault("out of order or overlapping sparse blocks");
    if (offset > current) extents.push({ kind: "hole", size: offset - current });
    current = offset + length;
    remaining -= length;
    if (remaining < 0) throw new ArchiveFault("sparse file consumed more data than the header listed");
    extents.push({ kind: "data", size: length });
  };
  for (let index = 0; index < 4; index++) add(field(block, 386 + 24 * index, 24));
  for (let more = block[482] === 1; more; ) {
    const extension = stream.readBlock();
    if (extension === undefined) throw new ArchiveFault("failed to read extension");
    stream.extendHeader();
    for (let index = 0; index < 21; index++) add(field(extension, 24 * index, 24));
    more = extension[504] === 1;
  }
  const owner = `${textAt(block, 297)}:${textAt(block, 265)}`;
  const realSize = octal(field(block, 483, 12), `real_size for ${owner}`);
  if (current !== realSize) throw new ArchiveFault("mismatch in sparse file chunks and size in header");
  if (remaining > 0) throw new ArchiveFault("mismatch in sparse file chunks and entry size in header");
  return extents;
}

/** A name of 32 bytes. */
function textAt(block: Uint8Array, start: number): string {
  return decodeUtf8(upToNul(field(block, start, 32)));
}
