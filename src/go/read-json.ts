/** Reads JSON into a Go type and back, as encoding/json does: the value that Go would write of what it has read. */
import { compareUtf8 } from "../bytes/order.ts";
import { pointerOf } from "../json/pointer.ts";
import { isArray, isObject, type Json } from "../json/value.ts";
import type { GoField, GoHolder, GoInteger, GoStruct, GoType } from "./type.ts";

/** A value that the type does not take. */
export class GoTypeError extends Error {
  override readonly name = "GoTypeError";
  /** JSON pointer into the value that was read. */
  readonly pointer: string;

  constructor(place: Place, message: string) {
    super(message);
    this.pointer = pointerOf(place);
  }
}

/**
 * What Go writes after reading `value` as `type`: members of a struct in the order of its fields, without those that are
 * empty, without unknown ones; keys that differ in case only are taken (encoding/json, Unmarshal); null reads as nothing;
 * maps sorted. Throws {@link GoTypeError}.
 */
export function readAs(type: GoType, value: Json): Json {
  return read(type, value, []);
}

type Place = readonly (string | number)[];

/** What nothing reads as, and what `omitempty` leaves out; structs aside, which are never empty. */
function read(type: GoType, value: Json | undefined, place: Place): Json {
  if (isHolder(type)) return readHolder(type, value ?? null, place);
  if (typeof type === "object") return readStruct(type, value ?? {}, place);
  const given = value ?? null;
  if (type === "any") return readAny(given);
  if (type === "string") {
    if (given === null) return "";
    return typeof given === "string" ? given.replace(/\p{Surrogate}/gu, "\ufffd") : refuse(place, "a string", given);
  }
  if (type === "bool") {
    if (given === null) return false;
    return typeof given === "boolean" ? given : refuse(place, "true or false", given);
  }
  return given === null ? 0 : readInteger(type, given, place);
}

function readHolder({ kind, of }: GoHolder, value: Json, place: Place): Json {
  if (value === null) return null;
  if (kind === "pointer") return read(of, value, place);
  if (kind === "list") {
    if (!isArray(value)) return refuse(place, "a list", value);
    return value.map((item, index) => read(of, item, [...place, index]));
  }
  if (!isObject(value)) return refuse(place, "an object", value);
  const keys = Object.keys(value).sort(compareUtf8);
  return Object.fromEntries(keys.map((key) => [key, read(of, value[key], [...place, key])]));
}

function readStruct({ fields }: GoStruct, value: Json, place: Place): Json {
  if (!isObject(value)) return refuse(place, "an object", value);
  const members = new Map<string, Json>();
  for (const [key, member] of Object.entries(value)) {
    const name = fields.has(key) ? key : fieldNamed(key, fields);
    const type = name === undefined ? undefined : fields.get(name)?.type;
    if (name === undefined || type === undefined) continue;
    // Of two keys for one field the later one counts; null changes nothing but what can be nil.
    if (member === null && !isHolder(type)) continue;
    members.set(name, read(type, member, [...place, key]));
  }
  const written: [string, Json][] = [];
  for (const [name, { type, always }] of fields) {
    const member = members.get(name) ?? read(type, undefined, place);
    if (always || !isEmpty(type, member)) written.push([name, member]);
  }
  return Object.fromEntries(written);
}

function isHolder(type: GoType): type is GoHolder {
  return typeof type === "object" && type.kind !== "struct";
}

function isEmpty(type: GoType, value: Json): boolean {
  if (type === "any") return value === null;
  if (typeof type !== "object") return value === "" || value === false || value === 0;
  if (type.kind === "struct") return false;
  if (value === null) return true;
  return type.kind !== "pointer" && (isArray(value) ? value.length === 0 : Object.keys(value).length === 0);
}

function fieldNamed(key: string, fields: ReadonlyMap<string, GoField>): string | undefined {
  const folded = fold(key);
  for (const name of fields.keys()) if (fold(name) === folded) return name;
  return undefined;
}

/** Go folds the two letters outside ASCII that have an ASCII form: U+017F (long s) and U+212A (Kelvin). */
function fold(key: string): string {
  return key
    .replaceAll("\u017f", "s")
    .replaceAll("\u212a", "k")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Numbers without a type are doubles, and objects are maps. */
function readAny(value: Json): Json {
  if (typeof value === "bigint") return Number(value);
  if (isArray(value)) return value.map(readAny);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort(compareUtf8);
  return Object.fromEntries(keys.map((key) => [key, readAny(value[key] ?? null)]));
}

const bits: { readonly [type in GoInteger]: number } = {
  int: 64,
  int32: 32,
  int64: 64,
  uint: 64,
  uint16: 16,
  uint32: 32,
  uint64: 64,
};

function readInteger(type: GoInteger, value: Json, place: Place): Json {
  if (typeof value !== "bigint" && (typeof value !== "number" || !Number.isInteger(value))) {
    return refuse(place, "a whole number", value);
  }
  const exact = BigInt(value);
  const narrowed = type.startsWith("u") ? BigInt.asUintN(bits[type], exact) : BigInt.asIntN(bits[type], exact);
  if (narrowed !== exact) throw new GoTypeError(place, `${value} does not fit ${type}`);
  return value === 0 ? 0 : value;
}

function refuse(place: Place, expected: string, found: Json): never {
  const kind =
    found === null ? "null" : isArray(found) ? "a list" : `a ${typeof found}`.replace("a object", "an object");
  throw new GoTypeError(place, `expected ${expected}, found ${kind}`);
}
