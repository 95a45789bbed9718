/** The helper's side: does one task, and answers on standard output. */
import { readFileSync, writeSync } from "node:fs";
import { CupelError } from "../../src/errors.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import type { InsideEntry } from "../../src/systems/host.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import type { CasesTask, HelperAnswer, HelperTask } from "./ask-helper.ts";
import { realHost } from "./real-host.ts";
import { realNamespaces } from "./real-namespaces.ts";

/** Reads the task from standard input and does it. */
export async function help(): Promise<void> {
  process.umask(0o022);
  const task = parseJson(readFileSync(0, "utf8")) as unknown as HelperTask | CasesTask;
  if (task.kind !== "cases") return write(printCompact((await answerTo(task)) as unknown as Json));
  const { performCases } = await import("./perform-cases.ts");
  performCases(task.cases, task.within, (index, answer) =>
    write(`${printCompact({ index, answer } as unknown as Json)}\n`),
  );
}

function write(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done);
}

async function answerTo(task: HelperTask): Promise<HelperAnswer> {
  try {
    return { value: await doTask(task) };
  } catch (error) {
    if (error instanceof Rejection) {
      const kind = error.class === undefined ? {} : { class: error.class };
      return { rejects: error.message, code: error.code, ...kind };
    }
    if (error instanceof Misfit) return { misfit: error.message, pointer: error.pointer };
    if (error instanceof CupelError) return { error: error.message, code: error.code };
    throw error;
  }
}

async function doTask(task: HelperTask): Promise<Json> {
  const namespaces = realNamespaces(task.below);
  if (task.kind === "operation") {
    const { findOperation } = await import("../../src/systems/registry.ts");
    const operation = findOperation(task.system, task.operation);
    return operation.run(task.request, task.options, realHost(task.below, { namespaces }));
  }
  const entry = (await insideEntries()).find(({ name }) => name === task.entry);
  if (entry === undefined) throw new Error(`There is nothing to be done inside that is called ${task.entry}`);
  return entry.run(task.input, realHost(task.below, { namespaces, tools: ["mount"], env: task.env }));
}

/** Loaded when they are needed: a helper is started for every cell. */
async function insideEntries(): Promise<readonly InsideEntry[]> {
  const { insideEntry } = await import("../../src/systems/metalor/inside.ts");
  return [insideEntry];
}
