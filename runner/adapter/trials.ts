/** The requests with which an adapter is tried. */

import type { PlacedCase } from "../../src/suite/case.ts";
import { judgeGolden } from "../../src/suite/golden.ts";
import type { Introduction } from "../../src/suite/introduction.ts";
import type { Adapter } from "./adapter.ts";
import { askCase } from "./ask-case.ts";
import { notAskedFor } from "./asked-for.ts";
import type { CaseDirectories } from "./case-directories.ts";
import type { Answer, Broken } from "./conversation.ts";
import { codes } from "./rpc.ts";

/** How a trial went. */
export interface Tried {
  readonly verdict: "ok" | "wrong" | "broken";
  /** What was seen, where it was not what it should be. */
  readonly seen?: string;
  /** What to do next. */
  readonly cure?: string;
  readonly errors: string;
  /** The trial before was not over: its request was answered a second time. */
  readonly blames?: "previous";
}

/** One trial. */
export interface Trial {
  /** What is tried, in a few words. */
  readonly name: string;
  run(): Promise<Tried>;
}

/** What the trials are made from. */
export interface TrialSetting {
  readonly adapter: Adapter;
  readonly introduction: Introduction;
  readonly directories: CaseDirectories;
  readonly cases: readonly PlacedCase[];
  goldenOf(c: PlacedCase): string | undefined;
  /** The command line that judges a case. */
  checkLine(c: PlacedCase): string;
}

/** All trials between the introduction and the end: one for each operation that there is, a rejection, a misfit, and an unknown operation. */
export function trials(setting: TrialSetting): readonly Trial[] {
  const { cases, introduction } = setting;
  const asked = cases.filter((c) => notAskedFor(introduction, c) === undefined && c.class !== "panic");
  const accepted = asked.filter(({ expect }) => expect === "golden" || "value" in expect);
  const refused = asked.find((c) => !accepted.includes(c) && c.given === undefined);
  const operations = new Map<string, PlacedCase>();
  for (const c of [...accepted, ...asked]) {
    const name = `${c.system}/${c.operation}`;
    if (!operations.has(name)) operations.set(name, c);
  }
  const [first] = operations.values();
  if (first === undefined) return [];
  return [
    ...[...operations].map(([name, c]) => ({ name: `${name}, as ${c.fullId}`, run: () => tryCase(setting, c) })),
    ...(refused === undefined
      ? []
      : [{ name: `a request that must be refused, ${refused.fullId}`, run: () => tryCase(setting, refused) }]),
    { name: "a request that does not fit its type", run: () => tryMisfit(setting, first) },
    { name: "an operation that does not exist", run: () => tryUnknown(setting, first) },
  ];
}

async function tryCase({ adapter, directories, goldenOf, checkLine }: TrialSetting, c: PlacedCase): Promise<Tried> {
  const golden = c.expect === "golden" ? goldenOf(c) : undefined;
  const asked = await askCase(adapter, c, golden, directories);
  const { errors } = asked;
  if ("problem" in asked) {
    const { code, reason, blames } = asked.problem;
    if (code !== "adapter-error" && code !== "case-files") return { ...brokenTrial({ code, reason, blames, errors }) };
    const cure = "a refusal of the system is code 1 with its exact words; what is not implemented is code 2";
    return { verdict: "wrong", seen: reason, cure, errors };
  }
  if ("notImplemented" in asked) {
    const seen = `it says that it does not implement this: ${asked.notImplemented}`;
    return {
      verdict: "wrong",
      seen,
      cure: "leave the operation out of the answer to initialize, or implement it",
      errors,
    };
  }
  const check = judgeGolden(c, golden, asked.outcome);
  if (check.verdict !== "fail" && check.verdict !== "error") return { verdict: "ok", errors };
  const [reason = ""] = (check.reason ?? "").split("\n");
  return { verdict: "wrong", seen: reason, cure: `look at it whole: ${checkLine(c)}`, errors };
}

async function tryMisfit({ adapter }: TrialSetting, { system, operation }: PlacedCase): Promise<Tried> {
  const answer = await adapter.generate({ system, operation, request: 5, options: {} });
  const cure = `answer a request that has not the type of ${system}/${operation} with code ${codes.invalidParams}, so that it is not taken for a refusal of the system`;
  return judgeError(answer, (code) => code < 0, cure);
}

async function tryUnknown({ adapter }: TrialSetting, { system }: PlacedCase): Promise<Tried> {
  const answer = await adapter.generate({ system, operation: "no-such-operation", request: {}, options: {} });
  return judgeError(
    answer,
    (code) => code === codes.notImplemented,
    `answer it with code ${codes.notImplemented}, which is counted as a skip`,
  );
}

function judgeError(answer: Answer, fits: (code: number) => boolean, cure: string): Tried {
  const { errors } = answer;
  if (answer.kind === "broken") return brokenTrial(answer);
  if (answer.kind === "result") return { verdict: "wrong", seen: "it gave a result", cure, errors };
  const { code, message } = answer.error;
  return fits(code) ? { verdict: "ok", errors } : { verdict: "wrong", seen: `code ${code}: ${message}`, cure, errors };
}

/** An adapter that does not even introduce itself. */
export function brokenStart(start: Omit<Broken, "kind"> & { readonly errors: string }, command: string): Tried {
  const tried = brokenTrial(start);
  if (start.code !== "adapter-died") return tried;
  return { ...tried, cure: `start it by hand, and see that it waits for its input: ${command}` };
}

/** What an adapter that broke the protocol should do instead. */
export function brokenTrial({
  code,
  reason,
  blames,
  errors,
}: Omit<Broken, "kind"> & { readonly errors: string }): Tried {
  const blame = blames === "previous" ? { blames } : {};
  return { verdict: "broken", seen: reason, cure: cures[code], errors, ...blame };
}

const cures: { readonly [code in Broken["code"]]: string } = {
  "adapter-hung":
    "answer every request, also those that cannot be served, and flush standard output behind each line; --adapter-timeout gives more time",
  "adapter-died": "keep running until shutdown: catch what goes wrong, and answer it with an error",
  "adapter-garbage":
    "write nothing but answers to standard output, each one a line of JSON in UTF-8; whatever else there is to say goes to standard error",
  "adapter-flood": "an answer has at most 16 MiB",
  "adapter-lied": "answer each request once, with the id that it came with",
  "adapter-refused": "docs/ADAPTERS.md shows what initialize and shutdown are answered with",
};
