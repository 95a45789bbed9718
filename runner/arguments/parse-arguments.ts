/** Reads a command line against the options of its command. */
import { parseArgs } from "node:util";
import { nearest } from "./nearest.ts";
import type { Flags, Option, Options } from "./option.ts";
import { usageError } from "./usage-error.ts";

/** A command line, read. */
export interface Arguments {
  readonly flags: Flags;
  readonly operands: readonly string[];
}

/**
 * `argv` read with `options`. `called` is how the command is called ("cupel check"), for messages. Everything after
 * `--` is an operand. Throws a usage error (exit 2) for an unknown option, a missing or a surplus value.
 */
export function parseArguments(argv: readonly string[], options: Options, called: string): Arguments {
  const { tokens } = parseArgs({ args: [...argv], options: configOf(options), strict: false, tokens: true });
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(notEmpty(token.value, called));
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, options, called);
    const values = given.get(token.name) ?? [];
    values.push(givenValue(token.rawName, option, token.value, token.inlineValue === true));
    given.set(token.name, values);
  }
  return { flags: flagsOf(given, options), operands };
}

/** An empty word names nothing; as a path it would be the working directory. */
function notEmpty(word: string, called: string): string {
  if (word !== "") return word;
  throw usageError(`${called} was given an empty word`, "is a variable of the shell not set?");
}

function givenValue(rawName: string, option: Option, value: string | undefined, inline: boolean): string {
  if (option.type === "switch") {
    if (value !== undefined) throw usageError(`${rawName} takes no value, but got "${value}"`);
    return "";
  }
  const named = `${rawName} ${option.value ?? "VALUE"}`;
  // A lone dash is standard input; a letter or dash behind it makes it the next option, and the value was forgotten.
  if (value === undefined || (!inline && /^-[^0-9.]/.test(value))) {
    const hint = value === undefined ? undefined : `if the value is really ${value}, write ${rawName}=${value}`;
    throw usageError(`${named}: its value is missing`, hint);
  }
  if (value === "") throw usageError(`${named}: its value is empty`);
  return value;
}

function unknownOption(rawName: string, options: Options, called: string): Error {
  const name = rawName.replace(/^-+/, "");
  const names = Object.keys(options);
  // Any short name is near to a single letter.
  const meant = name.length > 1 ? [nearest(name, names)].filter((each) => each !== undefined) : beginning(name, names);
  const help = `${called} --help lists what it takes`;
  const guess = meant.map((each) => `--${each}`).join(" or ");
  return usageError(`${called} has no option ${rawName}`, guess === "" ? help : `did you mean ${guess}? ${help}`);
}

/** The names that begin with a letter, whatever its case. */
function beginning(letter: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith(letter.toLowerCase()));
}

function configOf(options: Options): NonNullable<Parameters<typeof parseArgs>[0]>["options"] & object {
  const entries = Object.entries(options).map(([name, { type, short }]) => {
    const config = { type: type === "switch" ? ("boolean" as const) : ("string" as const), multiple: true };
    return [name, short === undefined ? config : { ...config, short }] as const;
  });
  return Object.fromEntries(entries);
}

function flagsOf(given: ReadonlyMap<string, readonly string[]>, options: Options): Flags {
  const valuesOf = (name: string): readonly string[] => {
    if (!Object.hasOwn(options, name)) throw new Error(`The command declares no option --${name}`);
    return given.get(name) ?? [];
  };
  return {
    declares: (name) => Object.hasOwn(options, name),
    has: (name) => valuesOf(name).length > 0,
    value: (name) => valuesOf(name).at(-1),
    list: (name) => valuesOf(name),
  };
}
