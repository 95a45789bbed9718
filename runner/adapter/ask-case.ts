/** Asks an adapter what it makes of one case: the files before, the request, the files after. */
import { CupelError } from "../../src/errors.ts";
import { isObject, type Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { mapStrings } from "../../src/suite/map-strings.ts";
import type { Outcome } from "../../src/suite/perform.ts";
import { fillPlaceholders } from "../../src/suite/placeholders.ts";
import { treeJson, treeOf } from "../../src/suite/tree-json.ts";
import { plantTree } from "../host/plant-tree.ts";
import { readTree } from "../host/read-tree.ts";
import type { Adapter } from "./adapter.ts";
import type { CaseDirectories } from "./case-directories.ts";
import type { Answer, Broken } from "./conversation.ts";
import { groupPids } from "./group-pids.ts";
import { mentions } from "./mentions.ts";
import type { AnsweredError } from "./read-answer.ts";
import { codes } from "./rpc.ts";

/** What a case came to. `errors` is what the adapter wrote to standard error meanwhile. */
export type Asked = (
  | { readonly outcome: Outcome }
  /** It says that it does not implement this. */
  | { readonly notImplemented: string }
  /** `leaves` as in an outcome: a death may be one. */
  | { readonly problem: Problem; readonly leaves?: Json }
) & { readonly errors: string };

/** Why there is no outcome to be judged. */
export interface Problem extends Pick<Broken, "reason" | "blames"> {
  readonly code: Broken["code"] | "adapter-error" | "case-files";
}

/** Asks `adapter` about `c`. `golden` is the text of its golden, where it has one. */
export async function askCase(
  adapter: Adapter,
  c: PlacedCase,
  golden: string | undefined,
  directories: CaseDirectories,
): Promise<Asked> {
  const needsFiles = c.given !== undefined || c.leaves !== undefined || mentions(c, "{{tmp}}");
  if (!needsFiles) return await ask(adapter, c, golden, undefined);
  const tmp = directories.make();
  try {
    return await ask(adapter, c, golden, tmp);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (!(error instanceof CupelError) && code === undefined) throw error;
    // The files that a case gives could not be made, or what is there afterwards could not be read.
    const reason = `the files of this case: ${(error as Error).message}`;
    return { problem: { code: "case-files", reason, blames: "this" }, errors: "" };
  } finally {
    directories.remove(tmp);
  }
}

async function ask(
  adapter: Adapter,
  c: PlacedCase,
  golden: string | undefined,
  tmp: string | undefined,
): Promise<Asked> {
  const places = { tmp: tmp ?? "{{tmp}}", pid: adapter.pid() ?? 0 };
  const fill = (value: Json): Json => fillPlaceholders(value, places);
  if (tmp !== undefined && c.given !== undefined) plantTree(tmp, treeOf(fill(treeJson(c.given))));
  const { system, operation } = c;
  const params = { system, operation, request: fill(c.request), options: fill(c.options ?? {}) };
  const answer = await adapter.generate(params);
  const { errors } = answer;
  // Only where the case speaks of it: a small number would be found in many texts.
  const speaksOfPid = mentions(c, "{{pid}}") || golden?.includes("{{pid}}") === true;
  const leader = adapter.pid();
  const pids = speaksOfPid && leader !== undefined ? groupPids(leader) : [];
  const restore = (value: Json): Json => restorePlaces(value, tmp, pids);
  const leaves = c.leaves === undefined || tmp === undefined ? {} : { leaves: restore(readTree(tmp)) };
  if (answer.kind === "broken") return { problem: answer, errors, ...leaves };
  return { ...read(answer, restore, leaves), errors };
}

function read(
  answer: Exclude<Answer, Broken>,
  restore: (value: Json) => Json,
  leaves: { readonly leaves?: Json },
): { readonly outcome: Outcome } | { readonly notImplemented: string } | { readonly problem: Problem } {
  if (answer.kind === "result") return { outcome: { value: restore(answer.result), ...leaves } };
  const { code, message } = answer.error;
  if (code === codes.notImplemented) return { notImplemented: message };
  const words = String(restore(message));
  if (code === codes.rejected) return { outcome: { rejects: words, ...kindOf(answer.error), ...leaves } };
  if (code === codes.refusedForSafety) return { outcome: { refused: words, ...leaves } };
  const reason = `the adapter answered with the error ${code}: ${message}`;
  return { problem: { code: "adapter-error", reason, blames: "this" } };
}

/** What an implementation may say of a rejection beside its words. */
function kindOf({ data }: AnsweredError): { readonly code: string; readonly class?: string } {
  const { code, class: kind } = isObject(data) ? data : {};
  return {
    code: typeof code === "string" ? code : "rejected",
    ...(typeof kind === "string" ? { class: kind } : {}),
  };
}

/** `value` as the table speaks of it. A process id counts only where no digit stands beside it. */
function restorePlaces(value: Json, tmp: string | undefined, pids: readonly number[]): Json {
  return mapStrings(value, (text) => {
    const restored = tmp === undefined ? text : text.replaceAll(tmp, "{{tmp}}");
    return pids.length === 0
      ? restored
      : restored.replace(new RegExp(`(?<![0-9])(?:${pids.join("|")})(?![0-9])`, "g"), "{{pid}}");
  });
}
