/** The checks of a request that comes over the wire. Fact sheet: upstream build/src/proto/mod.rs, in its order. */
import { compareBytes, compareUtf8 } from "../../bytes/order.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import { isCleanAbsolutePath, isCleanRelativePath } from "./clean-path.ts";
import type { U64 } from "./fields.ts";
import { checkInput } from "./input-node.ts";
import type { Constraints, EnvironmentVar, WireInput, WireRequest } from "./request.ts";

/**
 * The request as upstream types it, all members present and the constraints a set.
 * Throws {@link ../rejection.ts | Rejection} for the first fault; positions in its text count from zero.
 */
export function validateRequest(request: WireRequest): JsonObject {
  const { workingDir, scratchPaths, inputsDir, outputs, environmentVars, additionalFiles } = request;
  const inputs = checkInputs(request.inputs);

  if (!isCleanRelativePath(workingDir)) throw refusal("invalid-working-dir", "invalid working_dir");

  checkEach(scratchPaths, isCleanRelativePath, "invalid-scratch-path", "invalid scratch path at position");
  checkSorted(scratchPaths, "scratch-paths-not-sorted", "scratch_paths not sorted");

  if (!isCleanRelativePath(inputsDir)) throw refusal("invalid-inputs-dir", "invalid inputs_dir");

  checkEach(outputs, isCleanRelativePath, "invalid-output-path", "invalid output path at position");
  checkSorted(outputs, "outputs-not-sorted", "outputs not sorted");

  const names = environmentVars.map(({ key }) => key);
  checkEach(names, isVariableName, "invalid-environment-variable", "invalid environment variable at position");
  checkSorted(names, "environment-not-sorted", "EnvVar not sorted by their keys");

  const constraints = checkConstraints(request.constraints);

  const files = additionalFiles.map(({ path }) => path);
  checkEach(files, isCleanRelativePath, "invalid-additional-file", "invalid additional file path at position:");
  checkSorted(files, "additional-files-not-sorted", "additional_files not sorted");

  return {
    inputs,
    commandArgs: request.commandArgs,
    workingDir,
    scratchPaths,
    inputsDir,
    outputs,
    environmentVars: environmentVars.map(asGiven),
    constraints,
    additionalFiles: additionalFiles.map(({ path, contents = "", contentsBase64 }) => {
      return contentsBase64 === undefined ? { path, contents } : { path, contentsBase64 };
    }),
    refscanNeedles: request.refscanNeedles,
  };
}

/** Each is checked by itself, then against the one before it; a name must not come twice. */
function checkInputs(inputs: readonly WireInput[]): readonly Json[] {
  let last: Uint8Array = new Uint8Array();
  return inputs.map((input, position) => {
    const { name, described } = checkInput(input, position);
    if (compareBytes(name, last) <= 0) throw refusal("inputs-not-sorted", "input nodes are not sorted by name");
    last = name;
    return described;
  });
}

function checkConstraints(constraints: Constraints | null): JsonObject {
  if (constraints === null) return {};
  const { system = "", minMemory = 0, networkAccess, provideBinSh, availableReadOnlyPaths: paths = [] } = constraints;
  const within = "invalid build constraints:";
  if (system === "") throw refusal("invalid-system", `${within} invalid system`);
  const fault = `${within} invalid available_ro_paths at position`;
  checkEach(paths, isCleanAbsolutePath, "invalid-read-only-path", fault);
  checkSorted(paths, "read-only-paths-not-sorted", `${within} available_ro_paths not sorted`);
  return {
    system,
    minMemory: exactly(minMemory),
    ...(networkAccess === true && { networkAccess }),
    ...(provideBinSh === true && { provideBinSh }),
    ...(paths.length > 0 && { availableReadOnlyPaths: [...new Set(paths)] }),
  };
}

function checkEach(texts: readonly string[], fits: (text: string) => boolean, code: string, message: string): void {
  const position = texts.findIndex((text) => !fits(text));
  if (position !== -1) throw refusal(code, `${message} ${position}`);
}

/** Equal neighbours are in order. */
function checkSorted(texts: readonly string[], code: string, message: string): void {
  const sorted = texts.every((text, place) => place === 0 || compareUtf8(texts[place - 1] ?? "", text) <= 0);
  if (!sorted) throw refusal(code, message);
}

function isVariableName(name: string): boolean {
  return name !== "" && !name.includes("=");
}

function asGiven({ key, value = "", valueBase64 }: EnvironmentVar): Json {
  return valueBase64 === undefined ? { key, value } : { key, valueBase64 };
}

/** Digits as text where a double might not hold them. */
function exactly(memory: U64): number | string {
  return BigInt(memory) > 2n ** 53n ? String(BigInt(memory)) : Number(memory);
}

function refusal(code: string, message: string): Rejection {
  return new Rejection(code, message);
}
