/** What the mount table shows of a mount other than promised. */
import { isArray, type Json, type JsonObject } from "../../json/value.ts";
import { byteSize } from "../view/byte-size.ts";
import { octalMode } from "../view/mount-value.ts";
import { isReadOnly, type MountEntry } from "./mounts.ts";

/** A cgroup mount of the config is a tmpfs with one mount for each controller where the host has cgroup v1. */
const shownTypes: { readonly [type: string]: readonly string[] } = { cgroup: ["cgroup", "cgroup2", "tmpfs"] };

/** In words, what is not as `wanted` (a value of mount-value.ts); nothing where all is. The mode of a tmpfs is not looked at. */
export function wrongOptions(wanted: JsonObject, entry: MountEntry): readonly string[] {
  const { type, flags } = wanted;
  return [
    ...wrongType(String(type), entry),
    ...(isArray(flags) ? wrongFlags(flags, entry) : []),
    ...wrongData(wanted, entry),
  ];
}

function wrongType(type: string, entry: MountEntry): readonly string[] {
  if (type === "bind") return [];
  const right = Object.hasOwn(shownTypes, type) ? (shownTypes[type] ?? []) : [type];
  return right.includes(entry.type) ? [] : [`type ${entry.type}`];
}

function wrongFlags(flags: readonly Json[], entry: MountEntry): readonly string[] {
  return flags.flatMap((flag) => (typeof flag === "string" && !inForce(flag, entry) ? [`not ${flag}`] : []));
}

function inForce(flag: string, entry: MountEntry): boolean {
  if (flag === "ro") return isReadOnly(entry);
  if (flag === "rw") return !isReadOnly(entry);
  // mountinfo has no word for it: it is what is neither of the other two
  if (flag === "strictatime") return !entry.options.includes("relatime") && !entry.options.includes("noatime");
  return entry.options.includes(flag);
}

/** Sizes count in pages, at most 64 KiB each, rounded up. devpts shows its modes, a tmpfs only some: see stat. */
function wrongData(wanted: JsonObject, entry: MountEntry): readonly string[] {
  const shown = new Map(entry.superOptions.map((option) => [option.split("=")[0], option.split("=")[1] ?? ""]));
  const { size, type, mode, ptmxmode } = wanted;
  const seenSize = byteSize(shown.get("size") ?? "");
  const rightSize =
    size === undefined ||
    (isAmount(size) && seenSize !== undefined && seenSize >= size && BigInt(seenSize) - BigInt(size) < 65536n);
  const devpts = type === "devpts";
  return [
    ...(rightSize ? [] : [`size ${shown.get("size") ?? "not limited"}`]),
    ...(devpts && mode !== undefined && octalMode(shown.get("mode")) !== mode ? [`mode ${shown.get("mode")}`] : []),
    ...(devpts && ptmxmode !== undefined && octalMode(shown.get("ptmxmode")) !== ptmxmode
      ? [`ptmxmode ${shown.get("ptmxmode")}`]
      : []),
  ];
}

function isAmount(value: Json): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
