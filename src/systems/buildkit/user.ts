/** Who a step runs as. Fact sheet: upstream executor/oci/user.go, runc libcontainer/user. */

import { joinPath } from "../../go/clean-path.ts";
import { atoi, parseUint32 } from "../../go/parse-number.ts";
import { Rejection } from "../rejection.ts";
import { type Directory, find, TreeError } from "./file-tree.ts";
import { narrow } from "./id-map.ts";
import { rootPath } from "./root-path.ts";
import { type GroupLine, type PasswdLine, readGroups, readPasswd, type UserFile } from "./user-files.ts";

/** Ids in the image; `sgids` are the supplementary groups, null where there is none. */
export interface ResolvedUser {
  readonly uid: number;
  readonly gid: number;
  readonly sgids: readonly number[] | null;
}

/**
 * The ids that `text` (`USER`, `USER:GROUP`, by name or number) means in the image at `root` of `tree`. Two numbers, or
 * nothing, need no file; everything else needs /etc/passwd, a lone number too. Throws {@link Rejection}.
 */
export function resolveUser(tree: Directory, root: string, text: string): ResolvedUser {
  const plain = splitIds(text);
  if ("uid" in plain) return { ...plain, sgids: null };
  const files = { passwd: openFile(tree, root, "/etc/passwd"), group: openFile(tree, root, "/etc/group") };
  const [user = "", group = ""] = text.split(":", 2);
  const found = findUser(user, files.passwd);
  const groups = group === "" && found.name === "" ? {} : findGroups(group, found.name, files.group);
  return {
    uid: narrow(found.uid),
    gid: narrow(groups.gid ?? found.gid),
    sgids: groups.all === undefined || groups.all.length === 0 ? null : groups.all.map(narrow),
  };
}

/**
 * The user and group of `text` where both are numbers (or `root`): what upstream tries first.
 * Throws {@link Rejection} `no-plain-ids` with the parser's own words.
 */
export function parsePlainIds(text: string): { readonly uid: number; readonly gid: number } {
  const ids = splitIds(text);
  if ("error" in ids) throw new Rejection("no-plain-ids", ids.error);
  return ids;
}

function splitIds(text: string): { readonly uid: number; readonly gid: number } | { readonly error: string } {
  if (text === "") return { uid: 0, gid: 0 };
  const colon = text.indexOf(":");
  if (colon === -1) return { error: "groups ID is not provided" };
  const uid = parseId(text.slice(0, colon));
  if ("error" in uid) return uid;
  const gid = parseId(text.slice(colon + 1));
  return "error" in gid ? gid : { uid: uid.value, gid: gid.value };
}

function parseId(text: string): ReturnType<typeof parseUint32> {
  return text === "root" ? { value: 0 } : parseUint32(text);
}

/** A file that cannot be opened, for whatever reason, is noticed when it is read. */
function openFile(tree: Directory, root: string, path: string): UserFile {
  try {
    const place = joinPath(rootPath(tree, root, path));
    const node = find(tree, place, true);
    return node.type === "file" ? { text: node.content } : { error: `read ${place}: is a directory` };
  } catch (error) {
    if (error instanceof Rejection || error instanceof TreeError) return { error: "invalid argument" };
    throw error;
  }
}

const noEntry = "no matching entries in";

function findUser(user: string, file: UserFile): PasswdLine {
  const number = atoi(user);
  const lines = readPasswd(file);
  if ("error" in lines) {
    throw new Rejection("user-not-found", `unable to find user ${user === "" ? "0" : user}: ${lines.error}`);
  }
  const wanted = user === "" ? 0n : number.value;
  const byNumber = user === "" || number.problem === undefined;
  const match = lines.find((line) => (byNumber ? line.uid === wanted : line.name === user));
  if (match !== undefined) return match;
  if (byNumber) return { name: "", uid: inRange(wanted), gid: 0n };
  throw new Rejection("user-not-found", `unable to find user ${user}: ${noEntry} passwd file`);
}

/** The group that is asked for, or else all that list the user. */
function findGroups(
  group: string,
  user: string,
  file: UserFile,
): { readonly gid?: bigint; readonly all?: readonly bigint[] } {
  const lines = readGroups(file);
  if ("error" in lines) {
    throw new Rejection("groups-not-found", `unable to find groups for spec ${user}: ${lines.error}`);
  }
  if (group === "") return { all: lines.filter(({ members }) => members.includes(user)).map(({ gid }) => gid) };
  const number = atoi(group);
  const match = (line: GroupLine): boolean =>
    number.problem === undefined ? line.gid === number.value : line.name === group;
  const found = lines.find(match);
  if (found !== undefined) return { gid: found.gid };
  if (number.problem === undefined) return { gid: inRange(number.value) };
  throw new Rejection("group-not-found", `unable to find group ${group}: ${noEntry} group file`);
}

function inRange(id: bigint): bigint {
  if (id >= 0n && id <= 2147483647n) return id;
  throw new Rejection("id-out-of-range", "uids and gids must be in range 0-2147483647");
}
