/** Asks another process of ours to do something in other namespaces. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CupelError } from "../../src/errors.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import { exactly, minimalEnvironment, needTool } from "../execute/jail/tools.ts";

/** What a helper does. `below` are the directories that it may change, the first of them its working directory. */
export type HelperTask =
  | {
      readonly kind: "operation";
      readonly system: string;
      readonly operation: string;
      readonly request: Json;
      readonly options: Json;
      readonly below: readonly string[];
    }
  | {
      readonly kind: "inside";
      readonly entry: string;
      readonly input: Json;
      readonly env: { readonly [name: string]: string };
      readonly below: readonly string[];
    };

/** Many cases for one helper, which answers each with a line: see perform-apart.ts. */
export interface CasesTask {
  readonly kind: "cases";
  readonly cases: readonly PlacedCase[];
  /** The directory below which everything is made. */
  readonly within: string;
}

/** What it answers. */
export type HelperAnswer =
  | { readonly value: Json }
  | { readonly rejects: string; readonly code: string; readonly class?: string }
  | { readonly misfit: string; readonly pointer: string }
  | { readonly error: string; readonly code: string };

/** Milliseconds that a helper, with all that it starts, may take. */
const longest = 300_000;
const mostOutput = 64 * 1024 * 1024;

/** In a jail the command must not become pid 1 itself: who waits there has to reap. */
const reaper = '"$@"; status=$?; exit "$status"';

/** Asks a helper behind the command `wrapper`, and waits. Throws what the helper's work threw. */
export function askHelper(wrapper: readonly string[], task: HelperTask): Json {
  const [program = "", ...args] = [...exactly(Object.entries(minimalEnvironment)), ...wrapper, ...helperCommand()];
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...surroundings(task),
    input: printCompact(task as unknown as Json),
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: mostOutput,
    timeout: longest,
    killSignal: "SIGKILL",
  });
  if (error !== undefined) throw died(error.message);
  return read(status, stdout.toString("utf8"), stderr.toString("utf8"));
}

/** As {@link askHelper}, in a pid and a mount namespace of its own, which end with this process. */
export function askHelperInJail(task: HelperTask): Json {
  const wrapper = [
    ...[
      needTool("setpriv"),
      "--pdeathsig",
      "KILL",
      needTool("unshare"),
      "--mount",
      "--pid",
      "--fork",
      "--kill-child=KILL",
    ],
    ...["--mount-proc", "--propagation", "private", "--", needTool("sh"), "-c", reaper, "cupel-reaper"],
  ];
  return askHelper(wrapper, task);
}

function surroundings({ below }: HelperTask): {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
} {
  return { cwd: below[0] ?? "/", env: { ...minimalEnvironment } };
}

/** The same interpreter; what it was told to load first may be found from the caller's directory only. */
export function helperCommand(): readonly string[] {
  const entry = fileURLToPath(new URL("../../bin/helper.js", import.meta.url));
  return process.versions["deno"] === undefined ? [process.execPath, entry] : [process.execPath, "run", "-A", entry];
}

function read(status: number | null, stdout: string, stderr: string): Json {
  if (status !== 0) throw died(`status ${status}: ${stderr.slice(-2000)}`);
  const answer = parseJson(stdout) as JsonObject as unknown as HelperAnswer;
  if ("value" in answer) return answer.value;
  if ("rejects" in answer) throw new Rejection(answer.code, answer.rejects, answer.class);
  if ("misfit" in answer) throw new Misfit(answer.pointer, answer.misfit);
  throw new CupelError(answer.code, answer.error, { exit: 3 });
}

function died(why: string): CupelError {
  return new CupelError("helper-died", `The process that works in namespaces gave no answer: ${why}`, { exit: 3 });
}
