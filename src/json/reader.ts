/** Walks over a JSON text, one method per kind of value. */
import { JsonError, type JsonFault } from "./json-error.ts";
import { pointerOf } from "./pointer.ts";
import { readNumber } from "./read-number.ts";
import { readString } from "./read-string.ts";
import type { Json } from "./value.ts";

/** The state of one reading: where we are in the text (`at`) and in the document (`path`). */
export class Reader {
  readonly text: string;
  at = 0;
  readonly #maxDepth: number;
  readonly #path: (string | number)[] = [];

  constructor(text: string, maxDepth: number) {
    this.text = text;
    this.#maxDepth = maxDepth;
  }

  /** Reads one value, with white space before it. */
  value(): Json {
    this.space();
    const code = this.text.charCodeAt(this.at);
    switch (code) {
      case 0x22:
        return readString(this);
      case 0x7b:
        return this.#object();
      case 0x5b:
        return this.#array();
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      case 0x6e:
        return this.#word("null", null);
    }
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return readNumber(this);
    return this.expected("a value");
  }

  /** Skips white space. */
  space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  /** Fails because something else than `what` stands here. */
  expected(what: string): never {
    return this.fail("json-syntax", `expected ${what}, found ${describe(this.text, this.at)}`);
  }

  /** Fails at `at`. */
  fail(code: JsonFault, problem: string, hint?: string): never {
    throw new JsonError(code, problem, { ...placeOf(this.text, this.at), pointer: pointerOf(this.#path) }, hint);
  }

  #object(): Json {
    this.#enter();
    const object: { [key: string]: Json } = Object.create(null);
    if (this.#closes(0x7d)) return object;
    for (;;) {
      this.space();
      if (this.text.charCodeAt(this.at) !== 0x22) this.expected("a key in double quotes");
      const start = this.at;
      const key = readString(this);
      this.#path.push(key);
      if (key in object) {
        this.at = start;
        this.fail(
          "json-duplicate-key",
          `the key ${JSON.stringify(key)} occurs twice in one object`,
          "keep one of them",
        );
      }
      this.space();
      if (this.text.charCodeAt(this.at) !== 0x3a) this.expected("a colon after the key");
      this.at++;
      object[key] = this.value();
      this.#path.pop();
      if (this.#continues(0x7d, "a comma or }")) continue;
      return object;
    }
  }

  #array(): Json {
    this.#enter();
    const array: Json[] = [];
    if (this.#closes(0x5d)) return array;
    for (;;) {
      this.#path.push(array.length);
      array.push(this.value());
      this.#path.pop();
      if (this.#continues(0x5d, "a comma or ]")) continue;
      return array;
    }
  }

  /** Steps over an opening bracket. The path holds one part for each list or object around this one. */
  #enter(): void {
    if (this.#path.length >= this.#maxDepth) {
      this.fail("json-too-deep", `lists and objects are nested too deep; expected at most ${this.#maxDepth} levels`);
    }
    this.at++;
  }

  /** Steps over the closing bracket of an empty list or object, if it is there. */
  #closes(bracket: number): boolean {
    this.space();
    if (this.text.charCodeAt(this.at) !== bracket) return false;
    this.at++;
    return true;
  }

  /** Steps over what follows a member: true after a comma, false after the closing bracket. */
  #continues(bracket: number, wanted: string): boolean {
    this.space();
    const code = this.text.charCodeAt(this.at);
    if (code !== 0x2c && code !== bracket) this.expected(wanted);
    this.at++;
    return code === 0x2c;
  }

  #word<Value extends boolean | null>(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) this.expected("a value");
    this.at += word.length;
    return value;
  }
}

/** Line and column of a place, counted only when something is wrong. */
function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0x0a && code !== 0x0d) continue;
    start = index + 1;
    // CRLF ends one line: its CR is passed over.
    if (code === 0x0a || text.charCodeAt(start) !== 0x0a) line++;
  }
  return { line, column: at - start + 1 };
}

/** The character (or bare word) at `at`, for a message. */
function describe(text: string, at: number): string {
  const word = /^[A-Za-z]{2,}/.exec(text.slice(at, at + 20));
  if (word !== null) return `"${word[0]}"`;
  const code = text.codePointAt(at);
  if (code === undefined) return "the end of the document";
  if (code > 0x20 && code < 0x7f) return `"${String.fromCharCode(code)}"`;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
