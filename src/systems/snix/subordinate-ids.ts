/** The ids of the user who builds, and one further user and group id each. Fact sheet: upstream build/src/oci/subuid.rs. */
import { Rejection } from "../rejection.ts";
import type { HostFile, HostIds } from "./host-ids.ts";
import { behaviourOf, type RevisionId } from "./revisions.ts";
import { findSubordinateId } from "./subordinate-id.ts";

/** Ids on the host. */
export type SubordinateIds = {
  readonly uid: number;
  readonly gid: number;
  readonly subuid: number;
  readonly subgid: number;
};

/**
 * Looks up the user, the group, then a line in each file. Throws {@link ../rejection.ts | Rejection} for the first of them that
 * is missing. The group has to have a name even where that name is not used.
 */
export function findSubordinateIds(host: HostIds, revision: RevisionId | undefined): SubordinateIds {
  const { uid, gid, user, group } = host;
  if (user === null) throw new Rejection("user-missing", `user entry for ${uid} does not exist`);
  if (group === null) throw new Rejection("group-missing", `group entry for ${gid} does not exist`);
  const ofUser = { id: uid, user };
  const subuid = findSubordinateId({ file: "/etc/subuid", contents: subuidFile(host), ...ofUser });
  const ofSubgid = behaviourOf(revision).subgidOf === "user" ? ofUser : { id: gid, user: group };
  const subgid = findSubordinateId({ file: "/etc/subgid", contents: subgidFile(host), ...ofSubgid });
  return { uid, gid, subuid, subgid };
}

function subuidFile({ user, subuid, subuidFile }: HostIds): HostFile {
  return subuidFile === undefined ? oneLine(user, subuid) : subuidFile;
}

function subgidFile({ user, subgid, subgidFile }: HostIds): HostFile {
  return subgidFile === undefined ? oneLine(user, subgid) : subgidFile;
}

function oneLine(user: string | null, start: number | undefined): HostFile {
  return start === undefined ? null : `${user ?? ""}:${start}:65536\n`;
}
