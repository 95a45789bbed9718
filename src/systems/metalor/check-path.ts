/** The checks of single fields. Fact sheet: upstream src/runtime/linux.rs, in its order and words. */
import { pathComponents } from "../../rust/path.ts";
import { Rejection } from "../rejection.ts";
import type { Environment } from "./spec.ts";

/** Throws {@link Rejection} unless `path` is absolute and has no part `..`; `context` opens the text. The same for host and cell. */
export function checkPath(path: string, context: string): void {
  if (!path.startsWith("/")) throw new Rejection("path-not-absolute", `${context} must be absolute: ${path}`);
  if (pathComponents(path).includes("..")) {
    throw new Rejection("path-climbs", `${context} must not contain '..': ${path}`);
  }
}

/** A program is an absolute path or one bare name. Throws {@link Rejection}. */
export function checkExecutable(executable: string): void {
  if (executable.startsWith("/")) {
    checkPath(executable, "container executable");
    return;
  }
  const [first, ...more] = pathComponents(executable);
  if (first === "..") {
    throw new Rejection("path-climbs", `container executable must not contain '..': ${executable}`);
  }
  if (first !== undefined && first !== "." && more.length === 0) return;
  const problem = "container executable must be absolute or a bare command name";
  throw new Rejection("executable-not-bare", `${problem}: ${executable}`);
}

/** Only what no environment can hold is refused. Throws {@link Rejection} for the first such pair. */
export function checkEnvironment(env: Environment): void {
  for (const [key, value] of env) {
    if (key === "") throw refusal("environment-key-empty", "keys must not be empty");
    if (key.includes("=")) throw refusal("environment-key-equals", `keys must not contain '=': ${key}`);
    if (key.includes("\0")) throw refusal("environment-key-nul", "keys must not contain NUL bytes");
    if (value.includes("\0")) throw refusal("environment-value-nul", "values must not contain NUL bytes");
  }
}

function refusal(code: string, problem: string): Rejection {
  return new Rejection(code, `container environment ${problem}`);
}

/** Whether `path` is `/`, however it is spelt. */
export function isSlash(path: string): boolean {
  const components = pathComponents(path);
  return components.length === 1 && components[0] === "/";
}
