/** The stage that judges a directory in which an implementation left what it made of each case. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { CupelError } from "../../src/errors.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { scheduleCase } from "../../src/suite/check-case.ts";
import { type Output, readOutput } from "../../src/suite/output.ts";
import { mentions } from "../adapter/mentions.ts";
import { codes } from "../adapter/rpc.ts";
import { nearest } from "../arguments/nearest.ts";
import type { DataRoot } from "../load/data-root.ts";
import { type DataFile, listFiles } from "../load/list-files.ts";
import { attempt } from "../load/read-file.ts";
import { type Given, judgeGiven } from "./judge-given.ts";
import { refuseUnknownOperation } from "./known-operation.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/**
 * Judges every selected case by the file `DIRECTORY/SYSTEM/AREA/CASE.json`. A case without its file is an error; one that
 * needs files which only a client of the adapter protocol makes is skipped.
 * Throws CupelError for a directory that cannot be read, a file that belongs to no case, and one that is no output.
 */
export function outputsStage(selection: Selection, directory: string, cwd: string): Stage {
  const { cases, policies, isWhole } = selection;
  for (const each of cases) refuseUnknownOperation(each);
  const root = outputRoot(directory, cwd);
  const files = new Map(
    systemsOf(cases)
      .flatMap((system) => listFiles(root, system))
      .map((file) => [file.path, file]),
  );
  // Of a part of the table it cannot be said what belongs to the rest.
  if (isWhole) refuseStrays(files, cases);
  return {
    checks: cases.flatMap((each) => scheduleCase(each, policies)),
    runtimes: [],
    offers: [],
    judge: async (emit, enough) => {
      for (const each of cases) {
        if (enough()) return;
        const given = givenBy(each, files.get(pathOf(each)), root.prefix);
        for (const check of judgeGiven(each, given, selection)) emit(check);
      }
    },
  };
}

/** Throws CupelError `no-outputs` when there is no such directory. */
function outputRoot(given: string, cwd: string): DataRoot {
  const directory = resolve(cwd, given);
  const status = attempt(given, () => statSync(directory, { throwIfNoEntry: false }));
  if (status?.isDirectory() === true) {
    return { directory, prefix: `${given.replace(/\/+$/, "")}/`, shipped: false };
  }
  throw new CupelError("no-outputs", `there is no directory ${given}`, {
    hint: "cupel list --json gives the requests; what is made of each goes to DIR/SYSTEM/AREA/CASE.json",
  });
}

function pathOf({ fullId }: PlacedCase): string {
  return `${fullId}.json`;
}

function systemsOf(cases: readonly PlacedCase[]): readonly string[] {
  return [...new Set(cases.map(({ system }) => system))];
}

function refuseStrays(files: ReadonlyMap<string, DataFile>, cases: readonly PlacedCase[]): void {
  const expected = new Set(cases.map(pathOf));
  for (const [path, { shown }] of files) {
    if (expected.has(path)) continue;
    const meant = nearest(path, [...expected]);
    throw new CupelError("stray-output", `${shown} belongs to no case`, {
      hint: meant === undefined ? "a file is named SYSTEM/AREA/CASE.json" : `did you mean ${meant}?`,
    });
  }
}

function givenBy(c: PlacedCase, file: DataFile | undefined, prefix: string): Given {
  if (c.given !== undefined || c.leaves !== undefined || mentions(c, "{{tmp}}") || mentions(c, "{{pid}}")) {
    const reason = "needs files or a process that only an adapter's client can look at (--adapter)";
    return { skip: { code: "needs-adapter", reason } };
  }
  if (file !== undefined) return judged(c, readOutput(file.text(), prefix + pathOf(c)));
  // In the same words for every case, so that a report tells it once.
  const reason = `the case has no file ${prefix}SYSTEM/AREA/CASE.json`;
  return { error: { code: "no-output", reason } };
}

function judged(c: PlacedCase, output: Output): Given {
  if ("result" in output) return { outcome: { value: output.result } };
  const { code, message } = output.error;
  if (code === codes.rejected) return { outcome: { rejects: message, code: "rejected" } };
  if (code === codes.refusedForSafety) return { outcome: { refused: message } };
  if (code === codes.notImplemented) {
    const reason = `the implementation does not have ${c.system}/${c.operation}: ${message}`;
    return { skip: { code: "not-implemented", reason } };
  }
  return { error: { code: "adapter-error", reason: `the output is the error ${code}: ${message}` } };
}
