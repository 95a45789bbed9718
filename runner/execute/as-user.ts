/** The ordinary user that cells are executed as: found by name, with the ids that /etc/subuid and /etc/subgid give it. */
import { lchownSync, readdirSync } from "node:fs";
import { CupelError } from "../../src/errors.ts";
import { findTool, installHint, needTool } from "./jail/tools.ts";
import { readCapped } from "./read-capped.ts";

/** A user and its subordinate ids; see passwd(5), subuid(5), subgid(5). */
export interface OrdinaryUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** First of its subordinate user ids. */
  readonly subuid: number;
  readonly subgid: number;
}

/** Subordinate ids that a cell may need: a whole range of 16 bits. */
const neededIds = 65_536;
const fileCap = 4 * 1024 * 1024;

/** A range of subordinate ids. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/** What the user `name` lacks for executing cells, one fact each; none when it lacks nothing. */
export function lacksOf(name: string): readonly { readonly problem: string; readonly cure: string }[] {
  const entry = passwdEntry(name);
  if (entry === undefined) {
    return [{ problem: `there is no user "${name}" in /etc/passwd`, cure: `useradd --create-home ${shown(name)}` }];
  }
  if (entry.uid === 0) return [{ problem: `"${name}" is root`, cure: "name an ordinary user" }];
  const lacks: { problem: string; cure: string }[] = [];
  for (const [file, option] of [
    ["/etc/subuid", "--add-subuids"],
    ["/etc/subgid", "--add-subgids"],
  ] as const) {
    const range = rangeOf(file, name, entry.uid);
    if (range !== undefined && range.count >= neededIds) continue;
    const problem =
      range === undefined
        ? `"${name}" has no range in ${file}`
        : `the range of "${name}" in ${file} has ${range.count} ids, and cells need ${neededIds}`;
    lacks.push({ problem, cure: `usermod ${option} ${freeRangeIn(file)} ${shown(name)}` });
  }
  for (const tool of ["newuidmap", "newgidmap"]) {
    if (findTool(tool) === undefined) lacks.push({ problem: `${tool} is not installed`, cure: installHint(tool) });
  }
  return lacks;
}

/**
 * The user `name`. Throws {@link CupelError} `unsuitable-user` with the first thing it lacks and the cure: exit 2 when it is no
 * ordinary user, 4 when this machine has not prepared it.
 */
export function ordinaryUser(name: string): OrdinaryUser {
  const [lack] = lacksOf(name);
  const entry = passwdEntry(name);
  if (lack !== undefined || entry === undefined) {
    const { problem, cure } = lack ?? { problem: `there is no user "${name}"`, cure: "name another" };
    const exit = entry === undefined || entry.uid === 0 ? 2 : 4;
    throw new CupelError("unsuitable-user", `--as ${name}: ${problem}`, { hint: cure, exit });
  }
  const { uid, gid } = entry;
  const subuid = rangeOf("/etc/subuid", name, uid)?.first ?? 0;
  return { name, uid, gid, subuid, subgid: rangeOf("/etc/subgid", name, uid)?.first ?? 0 };
}

/** `command`, run by root as `user` without any group or capability of root's. */
export function asUser({ uid, gid }: OrdinaryUser, command: readonly string[]): readonly string[] {
  return [needTool("setpriv"), "--reuid", String(uid), "--regid", String(gid), "--clear-groups", "--", ...command];
}

/** Gives `directory` and all that is below it, which we made and nobody else has touched yet, to `user`. Follows no link. */
export function giveTo(user: OrdinaryUser, directory: string): void {
  lchownSync(directory, user.uid, user.gid);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) giveTo(user, path);
    else lchownSync(path, user.uid, user.gid);
  }
}

function passwdEntry(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const fields = linesOf("/etc/passwd").find(([first]) => first === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return fields !== undefined && Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/** The first range of the user in `file`, by name or number; see subuid(5). */
export function rangeOf(file: string, name: string, uid: number): Range | undefined {
  const fields = linesOf(file).find(
    ([owner, , count]) => (owner === name || owner === String(uid)) && Number(count) > 0,
  );
  return fields === undefined ? undefined : { first: Number(fields[1]), count: Number(fields[2]) };
}

/** A range that `file`, of the form of subuid(5), gives nobody. */
export function freeRangeIn(file: string): string {
  return freeRange(linesOf(file));
}

/**
 * A range of {@link neededIds} behind all that `lines` of subuid(5) give away, as usermod(8) wants it: two users with one
 * range could each reach what the other's cells own.
 */
export function freeRange(lines: readonly (readonly string[])[]): string {
  const ends = lines.map(([, first, count]) => Number(first) + Number(count)).filter(Number.isSafeInteger);
  const first = Math.max(100_000, ...ends);
  return `${first}-${first + neededIds - 1}`;
}

function linesOf(file: string): readonly (readonly string[])[] {
  try {
    return readCapped(file, fileCap)
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}

/** In a command to be copied: only what is a user's name (useradd(8)). */
function shown(name: string): string {
  return /^[a-z_][a-z0-9_-]*\$?$/i.test(name) ? name : "USER";
}
