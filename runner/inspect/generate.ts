/** The work of `cupel generate`. */
import { resolve } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { atPointer } from "../../src/json/pointer.ts";
import { printCompact, printJson } from "../../src/json/print.ts";
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import { printable } from "../../src/suite/printable.ts";
import { configOperation, mainOperation } from "../../src/systems/main-operation.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { findOperation, findSystem } from "../../src/systems/registry.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import type { System } from "../../src/systems/system.ts";
import type { Context } from "../arguments/command.ts";
import { nearest } from "../arguments/nearest.ts";
import { usageError } from "../arguments/usage-error.ts";
import { hostFacts } from "../host/facts.ts";
import { runOperation } from "../host/run-operation.ts";
import { runnableFacts } from "../host/runnable-facts.ts";
import { unwritableFile } from "../host/unwritable-file.ts";
import { parseNamed, readDocument } from "../load/read-document.ts";
import { readUserFile } from "../load/read-file.ts";
import { shellQuote } from "../report/shell-quote.ts";

/**
 * Runs an operation of the system `name` on the request in `path` (`-`: standard input; undefined: the system's example)
 * and prints its value. Throws CupelError for a refused or ill-fitting request.
 */
export async function generate(context: Context, name: string, path: string | undefined): Promise<number> {
  const { flags, stdout } = context;
  const system = findSystem(name);
  const [main, yieldsConfig] = [mainOperation(system), configOperation(system)];
  const bundle = flags.value("bundle");
  const operationName = flags.value("operation") ?? (bundle === undefined ? main : yieldsConfig);
  findOperation(name, operationName); // throws for an unknown one before anything is read
  if (path === undefined && operationName !== main && operationName !== yieldsConfig) {
    throw usageError(`the example of ${name} is for the operation ${main}; ${operationName} needs a request`);
  }
  const request = path === undefined ? system.example.request : await readDocument(path, context);
  const given = givenOptions(flags.value("options"), context);
  if (bundle !== undefined) {
    if (operationName !== yieldsConfig) {
      throw usageError(`--bundle writes what ${yieldsConfig} makes; leave --operation out`);
    }
    // What is to run here needs the facts of this machine, whatever the example says.
    const { facts, notes } = runnableFacts(hostFacts(system));
    for (const note of notes) context.stderr.write(`${printable(note)}\n`);
    return await writeTo(
      context,
      system,
      path,
      request,
      { ...exampleOptions(system, path), ...facts, ...given },
      bundle,
    );
  }
  const value = inUpstreamsWords(system, path, () =>
    // The example stays the same on every machine: its options go before the facts.
    run(
      name,
      operationName,
      request,
      { ...hostFacts(system), ...exampleOptions(system, path), ...given },
      given,
      flags.has("trust-commands"),
    ),
  );
  stdout.write(printJson(value));
  return 0;
}

/** Facts that the operation does not take are taken back: they were an offer, unlike what the user gave. */
function run(
  system: string,
  operation: string,
  request: Json,
  options: JsonObject,
  given: JsonObject,
  trusted: boolean,
): Json {
  try {
    return runOperation(system, operation, request, options, trusted);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const [, root, name = ""] = error.pointer.split("/");
    const isOffer = root === "options" && Object.hasOwn(options, name) && !Object.hasOwn(given, name);
    if (!isOffer) throw error;
    const fewer = Object.fromEntries(Object.entries(options).filter(([key]) => key !== name));
    return run(system, operation, request, fewer, given, trusted);
  }
}

async function writeTo(
  context: Context,
  system: System,
  path: string | undefined,
  request: Json,
  options: JsonObject,
  directory: string,
): Promise<number> {
  const { writeBundle } = await import("../execute/write-bundle.ts");
  const { stdout, stderr, cwd } = context;
  try {
    const { argv, notes } = await writeBundle(system, request, options, resolve(cwd, directory));
    for (const note of notes) stderr.write(`${printable(note)}\n`);
    stdout.write(`${printable(argv.map(shellQuote).join(" "))}\n`);
    return 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && "syscall" in error) throw unwritableFile(directory, error);
    throw refusalOf(system, path, error);
  }
}

function exampleOptions(system: System, path: string | undefined): JsonObject {
  const { options } = system.example;
  return path === undefined && isObject(options) ? options : {};
}

/** `--options`: JSON text when it starts with a brace, else a file. */
function givenOptions(value: string | undefined, { cwd }: Context): JsonObject {
  if (value === undefined) return {};
  const options = value.trimStart().startsWith("{")
    ? parseNamed(value, "--options")
    : parseNamed(readUserFile(resolve(cwd, value), value), value);
  if (!isObject(options)) throw new CupelError("bad-options", `${value}: options are a JSON object`);
  return options;
}

function inUpstreamsWords(system: System, path: string | undefined, work: () => Json): Json {
  try {
    return work();
  } catch (error) {
    throw refusalOf(system, path, error);
  }
}

/** A refusal of the system, for people, and a misfit with its place and cure; any other error as it is. */
function refusalOf(system: System, path: string | undefined, error: unknown): unknown {
  if (error instanceof Misfit) return misfitOf(system, path, error);
  if (!(error instanceof Rejection)) return error;
  const kind = error.class === undefined ? "" : `, ${error.class}`;
  return new CupelError("rejected", `${system.name} refuses this request: ${error.message}`, {
    hint: `these are the words of the real program (${error.code}${kind})`,
  });
}

function misfitOf({ name, example }: System, path: string | undefined, { code, pointer, problem }: Misfit): CupelError {
  const [, root = "", below = ""] = /^\/([^/]*)(.*)$/s.exec(pointer) ?? [];
  const [, parent = "", key = ""] = /^(.*)\/([^/]*)$/s.exec(below) ?? [];
  const isOption = root === "options";
  const file = isOption ? "--options" : path === "-" ? "standard input" : (path ?? `the example of ${name}`);
  const place = below === "" ? file : `${file} (${below})`;
  // The example knows most of the names.
  const known = atPointer(isOption ? example.options : example.request, parent);
  const meant = known !== undefined && isObject(known) ? nearest(key, Object.keys(known)) : undefined;
  const guess = meant === undefined || meant === key ? "" : `did you mean "${meant}"? `;
  const cure = isOption
    ? `for example --options ${shellQuote(printCompact(example.options))}`
    : `cupel list ${name} --json shows requests that fit`;
  return new CupelError(code, `${place}: ${problem}`, { hint: guess + cure });
}
