/**
 * A place in JSON text, and faults that name it as serde_json does. All of src/rust/serde-json does what release 1.0.87 of that
 * crate does with a slice of bytes: the same documents are taken, and the first fault has the same words and place.
 */

/** A fault. What is wrong with a value as such gets its place from whatever encloses it. */
export class SerdeFault extends Error {
  override readonly name = "SerdeFault";
  /** How many bytes stand up to the place; undefined as long as nobody knows it. */
  readonly at: number | undefined;

  constructor(problem: string, at?: number) {
    super(problem);
    this.at = at;
  }

  /** The fault with a place: its own, else `at`. */
  placed(at: number): SerdeFault {
    return this.at === undefined ? new SerdeFault(this.message, at) : this;
  }
}

/** What {@link Cursor.peek} gives behind the last byte. */
export const end = -1;

/** Reads bytes one after the other. */
export class Cursor {
  readonly bytes: Uint8Array;
  /** How many bytes are read. */
  index = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next byte, which stays unread. */
  peek(): number {
    return this.bytes[this.index] ?? end;
  }

  /** The next byte, which is read then. */
  next(): number {
    const byte = this.peek();
    if (byte !== end) this.index++;
    return byte;
  }

  /** Reads blanks; gives the byte behind them, which stays unread. */
  skipBlanks(): number {
    let byte = this.peek();
    while (byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d) {
      this.index++;
      byte = this.peek();
    }
    return byte;
  }

  /** Reads decimal digits. */
  skipDigits(): void {
    while (isDigit(this.peek())) this.index++;
  }

  /** Reads the rest of a keyword. Throws {@link SerdeFault} at the first byte that is another. */
  skipWord(rest: string): void {
    for (const letter of rest) {
      const byte = this.next();
      if (byte === end) throw this.fault(problems.endInValue);
      if (byte !== letter.charCodeAt(0)) throw this.fault("expected ident");
    }
  }

  /** A fault at the byte read last. */
  fault(problem: string): SerdeFault {
    return new SerdeFault(problem, this.index);
  }

  /** A fault at the byte that comes next. */
  faultAhead(problem: string): SerdeFault {
    return new SerdeFault(problem, Math.min(this.bytes.length, this.index + 1));
  }

  /** What is said of the place in the end: lines from 1, columns in bytes. */
  describe(at: number): string {
    const before = this.bytes.subarray(0, at);
    const line = before.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1);
    return `at line ${line} column ${at - 1 - before.lastIndexOf(0x0a)}`;
  }
}

/** Whether a byte is a decimal digit. */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Problems that more than one part names. */
export const problems: { readonly [name in "endInValue" | "endInList" | "endInObject" | "number" | "value"]: string } =
  {
    endInValue: "EOF while parsing a value",
    endInList: "EOF while parsing a list",
    endInObject: "EOF while parsing an object",
    number: "invalid number",
    value: "expected value",
  };
