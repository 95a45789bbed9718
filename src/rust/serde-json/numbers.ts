/** Numbers of JSON text. */
import { type Cursor, end, isDigit, problems } from "./cursor.ts";

/** An integer of 64 bits as a bigint; all others, and minus zero, as the double that serde_json makes of them. */
export type SerdeNumber = bigint | number;

const mostU64 = (1n << 64n) - 1n;
const mostI32 = 2147483647;
const point = 0x2e;

/** The number whose minus sign, if it has one, is read. Throws {@link ./cursor.ts | SerdeFault}. */
export function readNumber(cursor: Cursor, negative: boolean): SerdeNumber {
  const value = readUnsigned(cursor);
  if (!negative) return value;
  // A magnitude beyond 2^63 has no place in 64 bits with a sign.
  return typeof value === "bigint" && value !== 0n && value <= 1n << 63n ? -value : -Number(value);
}

function readUnsigned(cursor: Cursor): SerdeNumber {
  const first = cursor.next();
  if (first === end) throw cursor.fault(problems.endInValue);
  if (!isDigit(first)) throw cursor.fault(problems.number);
  if (first === 0x30) {
    if (isDigit(cursor.peek())) throw cursor.faultAhead(problems.number);
    return readRest(cursor, 0n);
  }
  const significand = readDigits(cursor, BigInt(first - 0x30));
  return isDigit(cursor.peek()) ? readLong(cursor, significand) : readRest(cursor, significand);
}

/** Reads digits as long as all of them fit into 64 bits. */
function readDigits(cursor: Cursor, start: bigint): bigint {
  let value = start;
  for (let byte = cursor.peek(); isDigit(byte); byte = cursor.peek()) {
    const longer = value * 10n + BigInt(byte - 0x30);
    if (longer > mostU64) break;
    value = longer;
    cursor.index++;
  }
  return value;
}

function readRest(cursor: Cursor, significand: bigint): SerdeNumber {
  if (cursor.peek() === point) return readFraction(cursor, significand, 0);
  return isExponentSign(cursor.peek()) ? readExponent(cursor, significand, 0) : significand;
}

/** Of digits that no longer fit only the number counts. */
function readLong(cursor: Cursor, significand: bigint): number {
  const start = cursor.index;
  cursor.skipDigits();
  const exponent = cursor.index - start;
  if (cursor.peek() === point) return readFraction(cursor, significand, exponent);
  if (isExponentSign(cursor.peek())) return readExponent(cursor, significand, exponent);
  return makeDouble(cursor, significand, exponent);
}

function readFraction(cursor: Cursor, integer: bigint, before: number): number {
  cursor.index++;
  const start = cursor.index;
  const significand = readDigits(cursor, integer);
  const exponent = before - (cursor.index - start);
  // serde_json tells by the exponent whether there was a digit; behind a long integer that is not the same.
  if (!isDigit(cursor.peek()) && exponent === 0) {
    throw cursor.faultAhead(cursor.peek() === end ? problems.endInValue : problems.number);
  }
  cursor.skipDigits();
  if (isExponentSign(cursor.peek())) return readExponent(cursor, significand, exponent);
  return makeDouble(cursor, significand, exponent);
}

function readExponent(cursor: Cursor, significand: bigint, before: number): number {
  cursor.index++;
  const sign = cursor.peek();
  const negative = sign === 0x2d;
  if (negative || sign === 0x2b) cursor.index++;
  const first = cursor.next();
  if (first === end) throw cursor.fault(problems.endInValue);
  if (!isDigit(first)) throw cursor.fault(problems.number);
  let exponent = first - 0x30;
  for (let byte = cursor.peek(); isDigit(byte); byte = cursor.peek()) {
    cursor.index++;
    exponent = exponent * 10 + (byte - 0x30);
    if (exponent <= mostI32) continue;
    if (significand !== 0n && !negative) throw cursor.fault(outOfRange);
    cursor.skipDigits();
    return 0;
  }
  const sum = negative ? before - exponent : before + exponent;
  return makeDouble(cursor, significand, Math.max(-mostI32 - 1, Math.min(mostI32, sum)));
}

const outOfRange = "number out of range";

/** Rounds more than once, as serde_json does: not always the nearest double. */
function makeDouble(cursor: Cursor, significand: bigint, exponent: number): number {
  let value = Number(significand);
  let rest = exponent;
  while (Math.abs(rest) > 308) {
    if (value === 0) return value;
    if (rest > 0) throw cursor.fault(outOfRange);
    value /= 1e308;
    rest += 308;
  }
  // The literal is the nearest double to the power; `10 ** n` need not be.
  const power = Number(`1e${Math.abs(rest)}`);
  if (rest < 0) return value / power;
  value *= power;
  if (value === Number.POSITIVE_INFINITY) throw cursor.fault(outOfRange);
  return value;
}

function isExponentSign(byte: number): boolean {
  return byte === 0x65 || byte === 0x45;
}

/** Reads a number that nobody wants, which is checked less; its minus sign, if it has one, is read. */
export function skipNumber(cursor: Cursor): void {
  const first = cursor.next();
  if (!isDigit(first)) throw cursor.fault(problems.number);
  if (first === 0x30 && isDigit(cursor.peek())) throw cursor.faultAhead(problems.number);
  cursor.skipDigits();
  if (cursor.peek() === point) {
    cursor.index++;
    if (!isDigit(cursor.peek())) throw cursor.faultAhead(problems.number);
    cursor.skipDigits();
  }
  if (!isExponentSign(cursor.peek())) return;
  cursor.index++;
  if (cursor.peek() === 0x2b || cursor.peek() === 0x2d) cursor.index++;
  if (!isDigit(cursor.next())) throw cursor.fault(problems.number);
  cursor.skipDigits();
}

/** Rust's Display of a double: the fewest digits that give it back, without an exponent. */
export function displayDouble(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const { digits, whole } = shortestDigits(Math.abs(value));
  if (whole <= 0) return `${sign}0.${"0".repeat(-whole)}${digits}`;
  const integer = digits.slice(0, whole).padEnd(whole, "0");
  return digits.length > whole ? `${sign}${integer}.${digits.slice(whole)}` : sign + integer;
}

/** The digits, and how many of them stand before the point. Of two shortest forms equally near Rust takes the larger one. */
function shortestDigits(value: number): { readonly digits: string; readonly whole: number } {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exact = digitsOf(value.toExponential(Math.min(100, digits.length + 40)));
  const isBelow = exact.slice(0, digits.length) === digits && /^50*$/.test(exact.slice(digits.length));
  // JavaScript took the even one, so one more is still one digit.
  const chosen = isBelow ? digits.slice(0, -1) + String(Number(digits.slice(-1)) + 1) : digits;
  return { digits: chosen, whole: Number(exponent) + 1 };
}

function digitsOf(exponential: string): string {
  return exponential.slice(0, exponential.indexOf("e")).replace(".", "");
}
