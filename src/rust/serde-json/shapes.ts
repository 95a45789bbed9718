/** Values of the types that serde derives, read from JSON text: fact sheets say which types a program has. */
import {
  closeList,
  closeObject,
  enclosed,
  nextItem,
  nextKey,
  openList,
  openObject,
  readColon,
  startOf,
  trailingCharacters,
} from "./brackets.ts";
import { Cursor, end, problems, SerdeFault } from "./cursor.ts";
import { skipValue } from "./skip-value.ts";
import { readString } from "./strings.ts";
import { describeNumber, isNumberStart, readStarted, wrongType } from "./wrong-type.ts";

/** Reads one value. Throws {@link SerdeFault}. */
export type Shape<Value> = (cursor: Cursor) => Value;

/** A member of a struct. */
export interface Field {
  /** Its name in JSON. */
  readonly name: string;
  /** Its name in the result. */
  readonly as: string;
  readonly shape: Shape<unknown>;
  /** What it is when the object does not have it. */
  readonly absent?: unknown;
  /** Whether the end of a list may leave it out too: true of serde's own defaults, not of a missing Option. */
  readonly optionalInList?: boolean;
}

/** The one value in `bytes`. Throws {@link SerdeFault} with the problem and its place in words. */
export function parseSerde<Value>(bytes: Uint8Array, shape: Shape<Value>): Value {
  const cursor = new Cursor(bytes);
  try {
    const value = shape(cursor);
    if (cursor.skipBlanks() !== end) throw cursor.faultAhead(trailingCharacters);
    return value;
  } catch (error) {
    if (!(error instanceof SerdeFault)) throw error;
    const { message, at = cursor.index } = error;
    throw new SerdeFault(`${message} ${cursor.describe(at)}`, at);
  }
}

/** A string; `expecting` is what the type calls itself. */
export function textShape(expecting: string): Shape<string> {
  return (cursor) => {
    if (startOf(cursor) !== 0x22) throw wrongType(cursor, expecting);
    cursor.index++;
    return readString(cursor);
  };
}

/** An integer from 0 to 2^64 - 1, a bigint above 2^53. */
export function u64Shape(cursor: Cursor): number | bigint {
  const first = startOf(cursor);
  if (!isNumberStart(first)) throw wrongType(cursor, "u64");
  const number = readStarted(cursor, first);
  if (typeof number === "number") throw cursor.fault(`invalid type: ${describeNumber(number)}, expected u64`);
  if (number < 0n) throw cursor.fault(`invalid value: ${describeNumber(number)}, expected u64`);
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : number;
}

/** The value, or null. */
export function optionShape<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (cursor) => {
    if (cursor.skipBlanks() !== 0x6e) return shape(cursor);
    cursor.index++;
    cursor.skipWord("ull");
    return null;
  };
}

/** A list. */
export function listShape<Item>(shape: Shape<Item>): Shape<readonly Item[]> {
  return (cursor) => {
    if (startOf(cursor) !== openList) throw wrongType(cursor, "a sequence");
    return enclosed(cursor, closeList, () => {
      const items: Item[] = [];
      while (nextItem(cursor, items.length === 0)) items.push(shape(cursor));
      return items;
    });
  };
}

/** A list of two. */
export function pairShape<Item>(shape: Shape<Item>): Shape<readonly [Item, Item]> {
  const expecting = "a tuple of size 2";
  const item = (cursor: Cursor, place: number): Item => {
    if (!nextItem(cursor, place === 0)) throw tooShort(place, expecting);
    return shape(cursor);
  };
  return (cursor) => {
    if (startOf(cursor) !== openList) throw wrongType(cursor, expecting);
    return enclosed(cursor, closeList, () => [item(cursor, 0), item(cursor, 1)]);
  };
}

/** A struct: an object, whose further members are ignored, or a list of the fields' values. */
export function structShape<Value>(name: string, fields: readonly Field[]): Shape<Value> {
  const expecting = `struct ${name}`;
  return (cursor) => {
    const first = startOf(cursor);
    if (first === openList) return enclosed(cursor, closeList, () => readAsList(cursor, expecting, fields) as Value);
    if (first === openObject) return enclosed(cursor, closeObject, () => readAsObject(cursor, fields) as Value);
    throw wrongType(cursor, expecting);
  };
}

/** A variant of an enum: without a value, or with one of the given shape. */
export type Variants = { readonly [name: string]: "unit" | Shape<unknown> };

/** An enum: the name of a variant without a value, or an object with one member. */
export function enumShape<Value>(variants: Variants): Shape<Value> {
  const name = textShape("variant identifier");
  return (cursor) => {
    const first = cursor.skipBlanks();
    if (first === end) throw cursor.faultAhead(problems.endInValue);
    if (first !== 0x22 && first !== openObject) throw cursor.faultAhead(problems.value);
    if (first === openObject) cursor.index++;
    const variant = name(cursor);
    const kind = Object.hasOwn(variants, variant) ? variants[variant] : undefined;
    if (kind === undefined) throw cursor.fault(unknownVariant(variant, Object.keys(variants)));
    if (first === 0x22) {
      if (kind !== "unit") throw new SerdeFault("invalid type: unit variant, expected newtype variant");
      return variant as Value;
    }
    readColon(cursor);
    const value = kind === "unit" ? readUnit(cursor) : kind(cursor);
    const next = cursor.skipBlanks();
    if (next !== 0x7d) throw cursor.fault(next === end ? problems.endInObject : problems.value);
    cursor.index++;
    return (kind === "unit" ? variant : { [variant]: value }) as Value;
  };
}

function readAsList(cursor: Cursor, expecting: string, fields: readonly Field[]): unknown {
  const many = `${expecting} with ${fields.length} elements`;
  const values: { [name: string]: unknown } = {};
  for (const [place, { as, shape, absent, optionalInList = false }] of fields.entries()) {
    if (nextItem(cursor, place === 0)) values[as] = shape(cursor);
    else if (optionalInList) values[as] = absent;
    else throw tooShort(place, many);
  }
  return values;
}

function readAsObject(cursor: Cursor, fields: readonly Field[]): unknown {
  const found = new Map<Field, unknown>();
  for (let key = nextKey(cursor, true); key !== undefined; key = nextKey(cursor, false)) {
    const field = fields.find(({ name }) => name === key);
    if (field !== undefined && found.has(field)) throw new SerdeFault(`duplicate field \`${field.name}\``);
    readColon(cursor);
    if (field === undefined) skipValue(cursor);
    else found.set(field, field.shape(cursor));
  }
  const values: { [name: string]: unknown } = {};
  for (const field of fields) {
    if (!found.has(field) && field.absent === undefined) throw new SerdeFault(`missing field \`${field.name}\``);
    values[field.as] = found.has(field) ? found.get(field) : field.absent;
  }
  return values;
}

function readUnit(cursor: Cursor): null {
  if (startOf(cursor) !== 0x6e) throw wrongType(cursor, "unit");
  cursor.index++;
  cursor.skipWord("ull");
  return null;
}

function tooShort(count: number, expecting: string): SerdeFault {
  return new SerdeFault(`invalid length ${count}, expected ${expecting}`);
}

function unknownVariant(variant: string, names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const expected = quoted.length === 2 ? quoted.join(" or ") : `one of ${quoted.join(", ")}`;
  return `unknown variant \`${variant}\`, expected ${expected}`;
}
