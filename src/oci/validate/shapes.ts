/** The building blocks of the validator: checks of one value, put together into tables. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { FindingCode } from "../finding-codes.ts";
import type { Place } from "./place.ts";
import { quote, suggest } from "./words.ts";

/** Reports to `place` what is wrong with `value`. */
export type Check = (value: Json, place: Place) => void;

/** What an object needs beside the shape of its members. */
export interface ObjectRules {
  readonly required?: readonly string[];
  /** Checks that concern several members; they run whatever was found before and must not trust the members' types. */
  readonly also?: (value: JsonObject, place: Place) => void;
}

/** An object with these keys and no others. */
export function object(keys: { readonly [key: string]: Check }, rules: ObjectRules = {}): Check {
  const checks: ReadonlyMap<string, Check> = new Map(Object.entries(keys));
  const required = rules.required ?? [];
  return (value, place) => {
    if (!isObject(value)) return wrongType("an object", value, place);
    for (const key of required) {
      if (!Object.hasOwn(value, key))
        place.report("missing-key", `expected the key ${quote(key)}, which is required here`);
    }
    for (const key of Object.keys(value)) {
      const check = checks.get(key);
      const member = value[key];
      if (check === undefined || member === undefined) {
        place.at(key).report("unknown-key", `unknown key ${quote(key)}; ${suggest(key, [...checks.keys()])}`);
      } else {
        check(member, place.at(key));
      }
    }
    rules.also?.(value, place);
  };
}

/** An object whose keys are names of the writer's own; `name` checks each of them. */
export function map(member: Check, name?: (key: string, place: Place) => void): Check {
  return (value, place) => {
    if (!isObject(value)) return wrongType("an object", value, place);
    for (const key of Object.keys(value)) {
      const here = place.at(key);
      name?.(key, here);
      member(value[key] ?? null, here);
    }
  };
}

/** A list. */
export function list(item: Check, also?: (items: readonly Json[], place: Place) => void): Check {
  return (value, place) => {
    if (!isArray(value)) return wrongType("a list", value, place);
    for (let index = 0; index < value.length; index++) item(value[index] ?? null, place.at(index));
    also?.(value, place);
  };
}

/** `true` or `false`. */
export const flag: Check = (value, place) => {
  if (typeof value !== "boolean") wrongType("true or false", value, place);
};

/** A string that can be handed to the kernel: no NUL, nothing that UTF-8 cannot say. */
export const text: Check = (value, place) => {
  if (typeof value !== "string") return wrongType("a string", value, place);
  if (value.includes("\0")) return place.report("bad-value", "expected a string without the character U+0000");
  if (/[\ud800-\udfff]/u.test(value)) place.report("bad-value", "expected a string without half a surrogate pair");
};

/** A string of the form `pattern`, which `wanted` describes. */
export function textLike(pattern: RegExp, wanted: string): Check {
  return (value, place) => {
    text(value, place);
    if (typeof value === "string" && !pattern.test(value)) {
      place.report("bad-value", `expected ${wanted}, found ${quote(value)}`);
    }
  };
}

/** A string that starts with `/`. */
export const absolutePath: Check = (value, place) => {
  text(value, place);
  if (typeof value === "string" && !value.startsWith("/")) {
    place.report("relative-path", `expected an absolute path, found ${quote(value)}`);
  }
};

/** One of `words`; `what` names their kind. */
export function oneOf(words: readonly string[], what: string, code: FindingCode = "bad-value"): Check {
  return (value, place) => {
    if (typeof value !== "string") return wrongType(`${what} as a string`, value, place);
    if (!words.includes(value)) place.report(code, `unknown ${what} ${quote(value)}; ${suggest(value, words)}`);
  };
}

/** An integer from `least` to `most`; `wanted` describes it. */
export function integer(least: number | bigint, most: number | bigint, wanted: string): Check {
  return (value, place) => {
    if (typeof value !== "bigint" && !(typeof value === "number" && Number.isInteger(value))) {
      return wrongType("an integer", value, place);
    }
    if (value < least || value > most) place.report("out-of-range", `expected ${wanted}, found ${quote(value)}`);
  };
}

/** 32 and 64 bit integers, as the specification's schema names them. */
export const uint32: Check = integer(0, 2 ** 32 - 1, "an unsigned 32-bit integer (0 to 4294967295)");
export const int64: Check = integer(-(2n ** 63n), 2n ** 63n - 1n, "a signed 64-bit integer");
export const uint64: Check = integer(0, 2n ** 64n - 1n, "an unsigned 64-bit integer (0 to 18446744073709551615)");

/** Both checks. */
export function both(first: Check, second: Check): Check {
  return (value, place) => {
    first(value, place);
    second(value, place);
  };
}

/** Accepted with a warning; `instead` says what took its place. */
export function deprecated(check: Check, instead: string): Check {
  return (value, place) => {
    place.report("deprecated-key", `expected no use of this deprecated key; ${instead}`);
    check(value, place);
  };
}

/** A part for another platform: a warning, and unread. */
export function foreign(platform: string): Check {
  return (_value, place) => {
    place.report("foreign-platform", `expected nothing for ${platform} in the config of a Linux container`);
  };
}

function wrongType(wanted: string, value: Json, place: Place): void {
  place.report("wrong-type", `expected ${wanted}, found ${quote(value)}`);
}
