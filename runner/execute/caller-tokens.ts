/** What the tokens of a case stand for in this run: ids, groups and capabilities of whoever runs it. */
import { existsSync, readFileSync } from "node:fs";
import type { CellTokens } from "../../src/suite/plan-cell.ts";
import { boundingSet, supplementaryGroups } from "../host/process-status.ts";
import type { OrdinaryUser } from "./as-user.ts";

/** Facts of the caller, as tokens. */
export type CallerTokens = Pick<CellTokens, "uid" | "gid" | "subuid" | "subgid" | "capabilities" | "groups">;

/** Ids of the caller and the first of its subordinate ones; root needs no entry there, so it takes the usual 100000. */
export function callerTokens(): CallerTokens {
  const uid = process.getuid?.() ?? 0;
  return {
    uid,
    gid: process.getgid?.() ?? 0,
    subuid: firstMapped("/proc/self/uid_map") ?? firstSubordinate("/etc/subuid", uid),
    subgid: firstMapped("/proc/self/gid_map") ?? firstSubordinate("/etc/subgid", uid),
    capabilities: boundingSet(),
    groups: supplementaryGroups(),
  };
}

/** The same for a user that root executes cells as: it has no capability and only its own group. */
export function userTokens({ uid, gid, subuid, subgid }: OrdinaryUser): CallerTokens {
  return { uid, gid, subuid, subgid, capabilities: [], groups: [] };
}

/** In the user namespace of an ordinary user: the first id of the range beside its own one. Undefined in the machine's own. */
function firstMapped(file: string): number | undefined {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const ranges = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return ranges.length < 2 ? undefined : ranges.find(([inside = 0, , count = 0]) => inside > 0 && count > 1)?.[0];
}

function firstSubordinate(file: string, uid: number): number {
  const names = new Set([String(uid), ...(uid === 0 ? ["root"] : [])]);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const line = lines
    .map((text) => text.split(":"))
    .find(([name = "", , count]) => names.has(name) && Number(count) > 0);
  return Number(line?.[1] ?? 100_000);
}
