/** /proc/PID/status, as far as rules read it. */

import { capabilityNumbers, type capabilitySets } from "../../oci/vocabulary.ts";
import type { Answer } from "../answer.ts";
import { parsed, type Reply } from "./reply.ts";

/** One of the five sets. */
export type CapabilitySet = (typeof capabilitySets)[number];

/** Rows of proc_pid_status(5). A row that the kernel does not show is undefined, never a default. */
export interface ProcessStatus {
  /** Real, effective, saved and file system id. */
  readonly uids: readonly number[] | undefined;
  /** Real, effective, saved and file system id. */
  readonly gids: readonly number[] | undefined;
  /** Supplementary groups, sorted. */
  readonly groups: readonly number[] | undefined;
  /** Names, sorted; `CAP_<number>` for a bit without a name. */
  readonly capabilities: { readonly [set in CapabilitySet]: readonly string[] | undefined };
  readonly noNewPrivileges: boolean | undefined;
  readonly seccomp: "none" | "strict" | "filter" | undefined;
  /** Octal, without leading zeros but one. */
  readonly umask: string | undefined;
  /** Lists of processors and memory nodes, as the kernel writes them. */
  readonly cpus: string | undefined;
  readonly memoryNodes: string | undefined;
}

const setRows: { readonly [set in CapabilitySet]: string } = {
  bounding: "CapBnd",
  effective: "CapEff",
  inheritable: "CapInh",
  permitted: "CapPrm",
  ambient: "CapAmb",
};

const seccompModes = ["none", "strict", "filter"] as const;

/** Reads the answer to a `status` question; silent when it is not such a file at all. */
export function statusOf(answer: Answer): Reply<ProcessStatus> {
  return parsed(answer, "a process status", parseStatus);
}

/** Reads the text of /proc/PID/status; undefined when it has no row of it. */
export function parseStatus(text: string): ProcessStatus | undefined {
  const rows = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) rows.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  if (!rows.has("Pid")) return undefined;
  const privileges = rows.get("NoNewPrivs");
  const mode = rows.get("Seccomp");
  return {
    uids: numbers(rows.get("Uid")),
    gids: numbers(rows.get("Gid")),
    groups: numbers(rows.get("Groups"))?.toSorted((a, b) => a - b),
    capabilities: {
      bounding: names(rows.get(setRows.bounding)),
      effective: names(rows.get(setRows.effective)),
      inheritable: names(rows.get(setRows.inheritable)),
      permitted: names(rows.get(setRows.permitted)),
      ambient: names(rows.get(setRows.ambient)),
    },
    noNewPrivileges: privileges === "0" ? false : privileges === "1" ? true : undefined,
    seccomp: mode === undefined || !/^[0-2]$/.test(mode) ? undefined : seccompModes[Number(mode)],
    umask: rows.get("Umask"),
    cpus: rows.get("Cpus_allowed_list"),
    memoryNodes: rows.get("Mems_allowed_list"),
  };
}

function numbers(row: string | undefined): readonly number[] | undefined {
  if (row === undefined) return undefined;
  const words = row.split(/\s+/).filter((word) => word !== "");
  return words.every((word) => /^[0-9]+$/.test(word)) ? words.map(Number) : undefined;
}

function names(mask: string | undefined): readonly string[] | undefined {
  if (mask === undefined || !/^[0-9a-f]+$/i.test(mask)) return undefined;
  const bits = BigInt(`0x${mask}`);
  const found: string[] = [];
  for (let bit = 0; bits >> BigInt(bit) > 0n; bit += 1) {
    if (((bits >> BigInt(bit)) & 1n) === 1n) found.push(byNumber.get(bit) ?? `CAP_${bit}`);
  }
  return found.sort();
}

const byNumber: ReadonlyMap<number, string> = new Map(
  Object.entries(capabilityNumbers).map(([name, number]) => [number, name]),
);
