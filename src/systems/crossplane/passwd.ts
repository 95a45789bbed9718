/** User and group files. Fact sheet: upstream internal/oci/spec/spec.go, ParsePasswd. */
import { CsvError, readCsv } from "../../go/csv.ts";
import { parseUint32 } from "../../go/parse-number.ts";
import { Rejection } from "../rejection.ts";

/** The groups of a user. */
export interface Groups {
  readonly primaryGid: number;
  /** In the order of the group file, repeated where the files repeat them. */
  readonly additionalGids: readonly number[];
}

/** What the two files say. */
export interface PasswdData {
  /** User ids by name. */
  readonly uid: ReadonlyMap<string, number>;
  /** Group ids by name. */
  readonly gid: ReadonlyMap<string, number>;
  /** By user id. */
  readonly groups: ReadonlyMap<number, Groups>;
}

/** What missing files say. */
export const noPasswdData: PasswdData = { uid: new Map(), gid: new Map(), groups: new Map() };

/**
 * The data of the texts of a passwd and a group file, the first one read to its end before the other. Throws
 * {@link Rejection} `malformed-passwd` or `malformed-group` for the first fault; each record is interpreted before the next
 * is read.
 */
export function parsePasswd(passwd: string, group: string): PasswdData {
  const users = parseUsers(passwd);
  return { ...users, ...parseGroups(group, users) };
}

/** The first half of {@link parsePasswd}: nobody is in an additional group yet. */
export function parseUsers(text: string): Pick<PasswdData, "uid" | "groups"> {
  const uids = new Map<string, number>();
  const groups = new Map<number, Groups>();
  eachRecord(text, passwdFile, ([name = "", , uidText = "", gidText = ""]) => {
    const uid = numberOf(uidText, "UID", passwdFile);
    const primaryGid = numberOf(gidText, "GID", passwdFile);
    uids.set(name, uid);
    groups.set(uid, { primaryGid, additionalGids: [] });
  });
  return { uid: uids, groups };
}

function parseGroups(text: string, users: Pick<PasswdData, "uid" | "groups">): Pick<PasswdData, "gid" | "groups"> {
  const gids = new Map<string, number>();
  const additional = new Map<number, number[]>();
  eachRecord(text, groupFile, ([name = "", , gidText = "", members = ""]) => {
    const gid = numberOf(gidText, "GID", groupFile);
    gids.set(name, gid);
    if (members === "") return;
    for (const member of members.split(",")) {
      const uid = users.uid.get(member);
      if (uid === undefined || users.groups.get(uid)?.primaryGid === gid) continue;
      const list = additional.get(uid) ?? [];
      list.push(gid);
      additional.set(uid, list);
    }
  });
  const groups = new Map(
    [...users.groups].map(([uid, own]) => [uid, { ...own, additionalGids: additional.get(uid) ?? [] }]),
  );
  return { gid: gids, groups };
}

/** One of the two files: what it is called in messages, our code for its faults, and how many fields a record has. */
interface PasswdFile {
  readonly name: string;
  readonly code: string;
  readonly fields: number;
}

const passwdFile: PasswdFile = { name: "passwd", code: "malformed-passwd", fields: 7 };
const groupFile: PasswdFile = { name: "group", code: "malformed-group", fields: 4 };

/** Calls `use` with each record of the file. What it throws ends the reading. */
function eachRecord(text: string, { name, code, fields }: PasswdFile, use: (record: readonly string[]) => void): void {
  try {
    for (const record of readCsv(text, { separator: ":", comment: "#", fields })) use(record);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Rejection(code, `cannot parse ${name} file data: ${error.message}`);
  }
}

/** The messages do not say which file it is. */
function numberOf(text: string, kind: "UID" | "GID", { code }: PasswdFile): number {
  const number = parseUint32(text);
  if ("value" in number) return number.value;
  throw new Rejection(code, `cannot parse non-integer ${kind}: ${number.error}`);
}
