/** The lines of /etc/passwd and /etc/group. Fact sheet: runc libcontainer/user. */
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { atoi } from "../../go/parse-number.ts";
import { trimSpace } from "../../go/space.ts";

/** A file as it was read: its text, or why it cannot be read. */
export type UserFile = { readonly text: string } | { readonly error: string };

/** What counts of a line of passwd(5). */
export interface PasswdLine {
  readonly name: string;
  readonly uid: bigint;
  readonly gid: bigint;
}

/** What counts of a line of group(5). */
export interface GroupLine {
  readonly name: string;
  readonly gid: bigint;
  readonly members: readonly string[];
}

/** Bytes from which on upstream takes a line for too long. */
const tooLong = 65536;

/**
 * The users, in order. Lines are trimmed; a missing field is blank or 0, what is no number is 0, further fields are ignored.
 */
export function readPasswd(file: UserFile): readonly PasswdLine[] | { readonly error: string } {
  return readLines(file, trimSpace, ([name = "", , uid = "", gid = ""]) => ({
    name,
    uid: atoi(uid).value,
    gid: atoi(gid).value,
  }));
}

/** The groups, in order, in the same way, but that lines are not trimmed. */
export function readGroups(file: UserFile): readonly GroupLine[] | { readonly error: string } {
  return readLines(file, withoutReturn, ([name = "", , gid = "", members = ""]) => ({
    name,
    gid: atoi(gid).value,
    members: members === "" ? [] : members.split(","),
  }));
}

function readLines<Line>(
  file: UserFile,
  prepare: (line: string) => string,
  read: (fields: readonly string[]) => Line,
): readonly Line[] | { readonly error: string } {
  if ("error" in file) return file;
  const lines: Line[] = [];
  for (const line of file.text.split("\n")) {
    if (line.length * 3 >= tooLong && encodeUtf8(line).length >= tooLong) {
      return { error: "bufio.Scanner: token too long" };
    }
    const prepared = prepare(line);
    if (prepared !== "") lines.push(read(prepared.split(":")));
  }
  return lines;
}

/** What Go's scanner takes for a part of the line's end. */
function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
