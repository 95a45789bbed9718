/** Id maps that a runtime cannot get here, since it leaves them to tools that ask /etc/subuid even for root. */
import type { Config, IdMapping } from "../../../src/oci/config.ts";
import { freeRangeIn, rangeOf } from "../as-user.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Why the maps of `config` will not be written for this process by newuidmap(1) or newgidmap(1); undefined when they will,
 * or the runtime writes them itself, as every one does where there is one range for users and one for groups.
 */
export function unmappableIds({ profile }: Runtime, { linux }: Config): string | undefined {
  if (profile.mapsByTools !== true) return undefined;
  const { namespaces = [], uidMappings = [], gidMappings = [] } = linux ?? {};
  if (!namespaces.some(({ type, path }) => type === "user" && path === undefined)) return undefined;
  if (uidMappings.length <= 1 && gidMappings.length <= 1) return undefined;
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const file = isAllowed(uidMappings, "/etc/subuid", uid, uid)
    ? isAllowed(gidMappings, "/etc/subgid", uid, gid)
      ? undefined
      : "/etc/subgid"
    : "/etc/subuid";
  if (file === undefined) return undefined;
  const [user, login] = uid === 0 ? ["root", "root"] : [`uid ${uid}`, "USER"];
  const option = file === "/etc/subuid" ? "--add-subuids" : "--add-subgids";
  return `${profile.name} has the id maps of this config written by newuidmap and newgidmap, and ${user} has no such range in ${file} (usermod ${option} ${freeRangeIn(file)} ${login} gives one)`;
}

/** What newuidmap(1) allows: one's own id, and what lies in a range of subuid(5). A single range is written without it. */
function isAllowed(maps: readonly IdMapping[], file: string, uid: number, own: number): boolean {
  if (maps.length <= 1) return true;
  const range = rangeOf(file, uid === 0 ? "root" : String(uid), uid);
  return maps.every(({ hostID, size }) => {
    const [first, count] = [Number(hostID), Number(size)];
    if (first === own && count === 1) return true;
    return range !== undefined && first >= range.first && first + count <= range.first + range.count;
  });
}
