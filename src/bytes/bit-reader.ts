/** The bits of compressed data, in the order of RFC 1951, section 3.1.1. */

/** Gives the next byte of the compressed data, `undefined` at their end. */
export type NextByte = () => number | undefined;

/** The data break off, or are none. */
export class InflateError extends Error {
  override readonly name = "InflateError";
  readonly fault: "truncated" | "corrupt";

  constructor(fault: "truncated" | "corrupt") {
    super(`the compressed data are ${fault}`);
    this.fault = fault;
  }
}

/** Bits in their order, the lowest of a byte first. */
export class BitReader {
  readonly #next: NextByte;
  #held = 0;
  #count = 0;

  constructor(next: NextByte) {
    this.#next = next;
  }

  /** The next `wanted` bits (at most 16). */
  take(wanted: number): number {
    if (this.#count < wanted) this.#fill(wanted);
    if (this.#count < wanted) throw new InflateError("truncated");
    const value = this.#held & ((1 << wanted) - 1);
    this.drop(wanted);
    return value;
  }

  /** The next `wanted` bits without taking them; zeros behind the end of the data. */
  peek(wanted: number): number {
    if (this.#count < wanted) this.#fill(wanted);
    return this.#held & ((1 << wanted) - 1);
  }

  /** Takes `count` bits that were looked at. */
  drop(count: number): void {
    if (count > this.#count) throw new InflateError("truncated");
    this.#held >>>= count;
    this.#count -= count;
  }

  /** The whole bytes that were asked for and not used. */
  rest(): Uint8Array {
    this.align();
    return Uint8Array.from({ length: this.#count >>> 3 }, () => this.take(8));
  }

  /** Passes over what is left of the byte. */
  align(): void {
    this.drop(this.#count & 7);
  }

  #fill(wanted: number): void {
    while (this.#count < wanted) {
      const byte = this.#next();
      if (byte === undefined) return;
      this.#held |= byte << this.#count;
      this.#count += 8;
    }
  }
}
