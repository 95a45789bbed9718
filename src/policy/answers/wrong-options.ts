/** What the mount table shows of a mount other than promised. */
import { isArray, type Json, type JsonObject } from "../../json/value.ts";
import { byteSize } from "../view/byte-size.ts";
import { octalMode } from "../view/mount-value.ts";
import { isReadOnly, type MountEntry } from "./mounts.ts";

/** A cgroup mount of the config is a tmpfs with one mount for each controller where the host has cgroup v1. */
const shownTypes: { readonly [type: string]: readonly string[] } = { cgroup: ["cgroup", "cgroup2", "tmpfs"] };

/** What of a mount is other than promised, in words. */
export interface Shortfall {
  readonly wrong: readonly string[];
  /** Options that are promised and not shown, of those that are never shown. */
  readonly unshown: readonly string[];
}

/**
 * What is not as `wanted` (a value of mount-value.ts); nothing where all is. The mode of a tmpfs is not looked at. `never` are
 * the words of options that this mount table does not show, in force or not.
 */
export function wrongOptions(wanted: JsonObject, entry: MountEntry, never: readonly string[] = []): Shortfall {
  const { type, flags } = wanted;
  const faults = [...(isArray(flags) ? wrongFlags(flags, entry) : []), ...wrongData(wanted, entry)];
  const shown = new Set(entry.superOptions.map(nameOf));
  const isUnshown = ({ option }: Fault): boolean => never.includes(option) && !shown.has(option);
  return {
    wrong: [...wrongType(String(type), entry), ...faults.filter((fault) => !isUnshown(fault)).map(({ text }) => text)],
    unshown: faults.filter(isUnshown).map(({ option }) => option),
  };
}

interface Fault {
  readonly option: string;
  readonly text: string;
}

function wrongType(type: string, entry: MountEntry): readonly string[] {
  if (type === "bind") return [];
  const right = Object.hasOwn(shownTypes, type) ? (shownTypes[type] ?? []) : [type];
  return right.includes(entry.type) ? [] : [`type ${entry.type}`];
}

function wrongFlags(flags: readonly Json[], entry: MountEntry): readonly Fault[] {
  return flags.flatMap((flag) =>
    typeof flag === "string" && !inForce(flag, entry) ? [{ option: flag, text: `not ${flag}` }] : [],
  );
}

function inForce(flag: string, entry: MountEntry): boolean {
  if (flag === "ro") return isReadOnly(entry);
  if (flag === "rw") return !isReadOnly(entry);
  // mountinfo has no word for it: it is what is neither of the other two
  if (flag === "strictatime") return !entry.options.includes("relatime") && !entry.options.includes("noatime");
  return entry.options.includes(flag);
}

/** Sizes count in pages, at most 64 KiB each, rounded up. devpts shows its modes, a tmpfs only some: see stat. */
function wrongData(wanted: JsonObject, entry: MountEntry): readonly Fault[] {
  const shown = new Map(entry.superOptions.map((option) => [nameOf(option), option.split("=")[1] ?? ""]));
  const fault = (option: string, seen: string): Fault => ({ option, text: `${option} ${seen}` });
  const { size, type, mode, ptmxmode } = wanted;
  const seenSize = byteSize(shown.get("size") ?? "");
  const rightSize =
    size === undefined ||
    (isAmount(size) && seenSize !== undefined && seenSize >= size && BigInt(seenSize) - BigInt(size) < 65536n);
  const wrongModes = Object.entries({ mode, ptmxmode }).filter(
    ([name, value]) => type === "devpts" && value !== undefined && octalMode(shown.get(name)) !== value,
  );
  return [
    ...(rightSize ? [] : [fault("size", shown.get("size") ?? "not limited")]),
    ...wrongModes.map(([name]) => fault(name, shown.get(name) ?? "undefined")),
  ];
}

function nameOf(option: string): string {
  return option.split("=")[0] ?? "";
}

function isAmount(value: Json): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
