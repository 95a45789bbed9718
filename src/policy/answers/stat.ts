/** The answer to a `stat` question: `TYPE MODE UID GID DEV INO SIZE RDEVMAJOR:RDEVMINOR`. */
import type { Answer } from "../answer.ts";
import { parsed, type Reply } from "./reply.ts";

/** What lstat(2) says of a path. */
export interface Stat {
  readonly type: "file" | "dir" | "symlink" | "fifo" | "char" | "block" | "socket";
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Decimal; text, because they may exceed 2^53. */
  readonly device: string;
  /** Decimal; text, because they may exceed 2^53. */
  readonly inode: string;
  /** Bytes. */
  readonly size: number;
  /** Of a device node, `major:minor` in decimal. */
  readonly deviceNumber: string;
}

const types: readonly string[] = ["file", "dir", "symlink", "fifo", "char", "block", "socket"] satisfies Stat["type"][];
const form = /^([a-z]+) ([0-7]{1,4}) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+:[0-9]+)$/;

/** Reads the answer to a `stat` question; silent, in the tool's words, when there is no such path. */
export function statOf(answer: Answer): Reply<Stat> {
  return parsed(answer, "a file status", parseStat);
}

/** Reads the text of a stat answer; undefined when it has another form. */
export function parseStat(text: string): Stat | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [, type = "", mode = "", uid, gid, device = "", inode = "", size, deviceNumber = ""] = match;
  if (!isType(type)) return undefined;
  return {
    type,
    mode: Number.parseInt(mode, 8),
    uid: Number(uid),
    gid: Number(gid),
    device,
    inode,
    size: Number(size),
    deviceNumber,
  };
}

/** Whether two paths are the same file of the same file system. */
export function sameFile(a: Stat, b: Stat): boolean {
  return a.device === b.device && a.inode === b.inode;
}

function isType(word: string): word is Stat["type"] {
  return types.includes(word);
}
