/** Has an adapter generate the configs of cells. */
import type { Json } from "../../src/json/value.ts";
import type { PlanFailure } from "../../src/suite/plan-cell.ts";
import { configOperation } from "../../src/systems/main-operation.ts";
import { findSystem } from "../../src/systems/registry.ts";
import type { RunRequest } from "../execute/run-request.ts";
import type { Adapter } from "./adapter.ts";
import { notAskedFor } from "./asked-for.ts";
import type { Answer } from "./conversation.ts";
import { codes } from "./rpc.ts";

/** Asks `adapter` for the config of each cell; what it does not implement is not executed. */
export function generateCells(adapter: Adapter): NonNullable<RunRequest["generate"]> {
  return async (c, request, options) => {
    const { introduced } = adapter;
    const operation = configOperation(findSystem(c.system));
    const obstacle = "kind" in introduced ? undefined : notAskedFor(introduced, { ...c, operation });
    if (obstacle !== undefined) return { failure: failed("not-implemented", obstacle, "skip") };
    return outcomeOf(await adapter.generate({ system: c.system, operation, request, options }));
  };
}

function outcomeOf(answer: Answer): { readonly config: Json } | { readonly failure: PlanFailure } {
  if (answer.kind === "result") return { config: answer.result };
  const { errors } = answer;
  const said = errors === "" ? "" : `\nstandard error of the adapter: ${errors}`;
  if (answer.kind === "broken") return { failure: failed(answer.code, answer.reason + said, "error") };
  const { code, message } = answer.error;
  if (code === codes.notImplemented) {
    return { failure: failed("not-implemented", `the implementation does not have this: ${message}`, "skip") };
  }
  if (code !== codes.rejected) {
    return {
      failure: failed("adapter-error", `the adapter answered with the error ${code}: ${message}${said}`, "error"),
    };
  }
  const reason = `the implementation refuses the request with what run.with puts in: ${message}`;
  return { failure: { code: "not-executable", pointer: "", message: reason } };
}

function failed(code: string, message: string, verdict: "error" | "skip"): PlanFailure {
  return { code, verdict, pointer: "", message };
}
