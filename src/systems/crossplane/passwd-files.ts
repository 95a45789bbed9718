/** Reads the user files of an image. Fact sheet: upstream internal/oci/spec/spec.go, ParsePasswdFiles. */
import { Rejection } from "../rejection.ts";
import { noPasswdData, type PasswdData, parsePasswd, parseUsers } from "./passwd.ts";

/** What is where a file should be: its text, nothing (null), or something that cannot be opened or read. */
export type FileState = string | null | { readonly errno: FileErrno };

/** ENOTDIR: a part of the path is a file; EISDIR: it is a directory; ELOOP: a link to itself. */
export type FileErrno = "EACCES" | "EISDIR" | "ELOOP" | "ENOTDIR";

/** Both files, with the paths that messages name. */
export interface PasswdFiles {
  readonly passwd: FileState;
  readonly group: FileState;
  readonly passwdPath: string;
  readonly groupPath: string;
}

/**
 * The data of the files, none at all when either is missing. Both are opened before one is read, and a directory opens.
 * Throws {@link Rejection} `unreadable-passwd`, `unreadable-group`, and what {@link parsePasswd} throws.
 */
export function parsePasswdFiles({ passwd, group, passwdPath, groupPath }: PasswdFiles): PasswdData {
  if (!opens(passwd, passwdPath, "passwd") || !opens(group, groupPath, "group")) return noPasswdData;
  if (typeof passwd !== "string") throw unread("passwd", passwdPath);
  if (typeof group === "string") return parsePasswd(passwd, group);
  parseUsers(passwd);
  throw unread("group", groupPath);
}

const words: { readonly [errno in FileErrno]: string } = {
  EACCES: "permission denied",
  EISDIR: "is a directory",
  ELOOP: "too many levels of symbolic links",
  ENOTDIR: "not a directory",
};

function opens(state: FileState, path: string, name: string): boolean {
  if (state === null) return false;
  if (typeof state === "string" || state.errno === "EISDIR") return true;
  const problem = `open ${path}: ${words[state.errno]}`;
  throw new Rejection(`unreadable-${name}`, `cannot open ${name} file: ${problem}`);
}

/** What opens without having a text is a directory. */
function unread(name: string, path: string): Rejection {
  return new Rejection(`unreadable-${name}`, `cannot parse ${name} file data: read ${path}: ${words.EISDIR}`);
}
