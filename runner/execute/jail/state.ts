/**
 * Where a run leaves its trace while it lives: one directory per run below /run/cupel-0 (an ordinary user:
 * $XDG_RUNTIME_DIR/cupel, else /tmp/cupel-UID, for only root can make one in /run). The directory's name is the whole record, so that no half-written one can exist; everything
 * else is derived from it and nothing is ever read back.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmdirSync } from "node:fs";
import { CupelError } from "../../../src/errors.ts";
import { removeCgroups } from "./cgroups.ts";
import { removeTree } from "./remove-tree.ts";

/** One live run. */
export interface RunRecord {
  /** Twelve hex digits. */
  readonly id: string;
  /** The run's own directory, mode 0700. */
  readonly directory: string;
  /** An empty directory below it; the jail mounts its work file system here, visible to the jail alone. */
  readonly work: string;
  /** cgroup path below which every cell of the run is placed. */
  readonly cgroups: string;
}

/** First component of every cgroup path of ours. */
export const cgroupRoot = "/cupel";

const namePattern = /^run-([0-9a-f]{12})-([0-9]+)-([0-9]+)-([0-9]+)$/;

/** The directory that holds the records of this user's runs. Throws {@link CupelError} where there can be none. */
export function stateDirectory(uid: number, env: { readonly [name: string]: string | undefined }): string {
  if (uid === 0) return "/run/cupel-0";
  const base = env["XDG_RUNTIME_DIR"];
  return base?.startsWith("/") ? `${base}/cupel` : `/tmp/cupel-${uid}`;
}

/** Makes (or finds) the state directory and a record in it for this process. Throws {@link CupelError}. */
export function openRecord(directory: string, uid: number): RunRecord {
  for (let attempt = 0; ; attempt++) {
    prepare(directory, uid);
    const id = randomBytes(6).toString("hex");
    const own = `${directory}/run-${id}-${process.pid}-${startTime(process.pid) ?? 0}-${pidNamespace()}`;
    try {
      mkdirSync(own, { mode: 0o700 });
      mkdirSync(`${own}/work`, { mode: 0o700 });
    } catch (error) {
      // Another run that just ended may have removed the empty state directory between our two steps.
      if (attempt < 5 && codeOf(error) === "ENOENT") continue;
      throw unusable(directory, error);
    }
    return { id, directory: own, work: `${own}/work`, cgroups: `${cgroupRoot}/${id}` };
  }
}

/** Removes everything of one run that outlived its jail: cgroups, then the record. Never throws for what is gone already. */
export function closeRecord(record: RunRecord): void {
  // The record is what the next start knows the rest by: it stays while anything else does.
  if (!removeCgroups(record.cgroups)) return;
  removeTree(record.directory);
  removeIfEmpty(record.directory.slice(0, record.directory.lastIndexOf("/")));
}

/**
 * Removes what runs that were killed left behind: every record whose process is gone. Records of another pid namespace
 * are left alone, since their pids say nothing here. Gives the ids of the runs it swept.
 */
export function sweep(directory: string, uid: number): readonly string[] {
  let names: readonly string[];
  try {
    const status = lstatSync(directory);
    if (!status.isDirectory() || status.uid !== uid) return [];
    names = readdirSync(directory);
  } catch {
    return [];
  }
  const swept: string[] = [];
  for (const name of names) {
    const match = namePattern.exec(name);
    if (!match) continue;
    const [, id = "", pid = "", started = "", namespace = ""] = match;
    if (namespace !== pidNamespace() || String(startTime(Number(pid))) === started) continue;
    closeRecord({
      id,
      directory: `${directory}/${name}`,
      work: `${directory}/${name}/work`,
      cgroups: `${cgroupRoot}/${id}`,
    });
    swept.push(id);
  }
  return swept;
}

/** When process `pid` started, in clock ticks since boot (proc(5), /proc/pid/stat field 22); undefined when it is gone. */
export function startTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

function prepare(directory: string, uid: number): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw unusable(directory, error);
  }
  const status = lstatSync(directory);
  if (!status.isDirectory() || status.uid !== uid || (status.mode & 0o077) !== 0) {
    throw new CupelError("state-directory", `${directory} is not a directory of uid ${uid} with mode 0700`, {
      hint: `look at what it is and remove it: ls -ld ${directory}`,
      exit: 3,
    });
  }
}

function unusable(directory: string, error: unknown): CupelError {
  return new CupelError("state-directory", `cannot keep state in ${directory}: ${(error as Error).message}`, {
    hint: "the directory must be writable by the caller and its file system not full",
    exit: 3,
    cause: error,
  });
}

/** The inode number of this process's pid namespace: pids mean something only within it. */
export function pidNamespace(): string {
  return /[0-9]+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Other runs are alive, or it is gone already.
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
