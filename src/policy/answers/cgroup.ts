/** The answer to the `cgroup` question: where a cell's processes are, and the limits and counters there, as the host sees them. */
import { parseJson } from "../../json/parse.ts";
import { isArray, isObject, type Json } from "../../json/value.ts";
import type { Answer } from "../answer.ts";
import { broken, notObservable } from "../judgement.ts";
import type { Judgement } from "../rule.ts";
import { parsed, type Reply } from "./reply.ts";

/** What the host saw while the cell lived. */
export interface CellCgroup {
  /** How many processes of the cell were found. */
  readonly processes: number;
  /** By controller (`pids`, `name=systemd`, `unified` for version 2): the paths that its processes are in. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** By name, texts of the kernel's files. One that its version does not have, or nobody could read, is missing. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the answer; silent also where no process of the cell was found. */
export function cgroupOf(answer: Answer): Reply<CellCgroup> {
  const reply = parsed(answer, "a cgroup", parseCgroup);
  if ("value" in reply && reply.value.processes === 0) return { silent: "the host found no process of the cell" };
  return reply;
}

/**
 * What an answer that shows nothing amounts to. A cell that waits to be looked at has processes: that the host did not find
 * them, as where a runtime hands a cell to somebody else, is no word about its limits, and must not pass for one.
 */
export function unseenCgroup(answer: Answer, silent: string): Judgement {
  const reason = `the cell's cgroups are not shown: ${silent}`;
  return "unable" in answer ? notObservable(reason) : broken(reason);
}

/**
 * Whether the processes of the cell are in the root of the hierarchy that has `controller`. Nothing is limited there, and most
 * files of limits do not exist.
 */
export function isInRoot({ paths }: CellCgroup, controller: string): boolean {
  const unified = paths.size === 1 ? paths.get("unified") : undefined;
  return (paths.get(controller) ?? unified ?? []).includes("/");
}

/** The number that a file holds alone, or in the row `key`; undefined when there is none. */
export function counted(cgroup: CellCgroup, file: string, key?: string): number | bigint | undefined {
  const text = cgroup.files.get(file);
  if (text === undefined) return undefined;
  const row =
    key === undefined
      ? text
      : text
          .split("\n")
          .find((line) => line.startsWith(`${key} `))
          ?.slice(key.length + 1);
  if (row === undefined || !/^-?[0-9]+$/.test(row.trim())) return undefined;
  const whole = BigInt(row.trim());
  return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole;
}

function parseCgroup(text: string): CellCgroup | undefined {
  let value: Json;
  try {
    value = parseJson(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { processes, paths, files } = value;
  if (typeof processes !== "number" || !isObject(paths) || !isObject(files)) return undefined;
  return {
    processes,
    paths: new Map(Object.entries(paths).map(([name, list]) => [name, isArray(list) ? list.map(String) : []])),
    files: new Map(Object.entries(files).map(([name, content]) => [name, String(content)])),
  };
}
