/** The bytes of an archive, in their order. */
import type { NextPiece } from "../../../bytes/gunzip.ts";
import { ArchiveFault } from "./fault.ts";
import { blockSize } from "./header.ts";

/** Reads what a source gives, and knows where the next header is. */
export class ByteStream {
  readonly #source: NextPiece;
  #piece: Uint8Array = new Uint8Array(0);
  /** Bytes taken so far. */
  #position = 0;
  #next = 0;

  constructor(source: NextPiece) {
    this.#source = source;
  }

  /** The next bytes, at most `most`; none at the end. Valid until the next call. */
  read(most: number): Uint8Array {
    if (this.#piece.length === 0) this.#piece = this.#source();
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    this.#position += taken.length;
    return taken;
  }

  /** One block; undefined when nothing is left at all. Throws {@link ArchiveFault} for a part of one. */
  readBlock(): Uint8Array | undefined {
    const block = this.readAll(blockSize);
    if (block.length === blockSize) return block;
    if (block.length === 0) return undefined;
    throw new ArchiveFault("failed to read entire block");
  }

  /** `size` bytes, or as many as there are. */
  readAll(size: number): Uint8Array {
    const parts: number[] = [];
    while (parts.length < size) {
      const piece = this.read(Math.min(size - parts.length, 65_536));
      if (piece.length === 0) break;
      parts.push(...piece);
    }
    return Uint8Array.from(parts);
  }

  /** Behind the header that was just read stand `size` bytes, and what fills their last block. */
  setNext(size: number): void {
    this.#next = this.#position + Math.ceil(size / blockSize) * blockSize;
  }

  /** One more block belongs to the header. */
  extendHeader(): void {
    this.#next += blockSize;
  }

  /** Goes on to the next header. Throws {@link ArchiveFault} when the archive ends before it. */
  skipToNext(): void {
    while (this.#position < this.#next) {
      if (this.read(this.#next - this.#position).length === 0) throw new ArchiveFault("unexpected EOF during skip");
    }
  }
}
