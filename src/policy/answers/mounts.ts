/** /proc/PID/mountinfo: its entries, and which of them a path really leads to. */
import type { Answer } from "../answer.ts";
import { parsed, type Reply } from "./reply.ts";

/** One line of proc_pid_mountinfo(5), octal escapes undone. */
export interface MountEntry {
  readonly id: number;
  readonly parent: number;
  /** `major:minor`. */
  readonly device: string;
  /** Path of the mount's root within its file system. */
  readonly root: string;
  readonly mountPoint: string;
  /** Options of this mount: `ro`, `nosuid`, ... */
  readonly options: readonly string[];
  /** Optional fields: `shared:7`, `master:3`, `unbindable`; none for a private mount. */
  readonly propagation: readonly string[];
  /** File system type. */
  readonly type: string;
  readonly source: string;
  /** Options of the file system below: `rw`, `size=64k`, ... */
  readonly superOptions: readonly string[];
}

/** Reads the answer to a `mounts` question. */
export function mountsOf(answer: Answer): Reply<readonly MountEntry[]> {
  return parsed(answer, "a mount table", parseMounts);
}

/** Reads the text of /proc/PID/mountinfo; undefined when it holds no entry or a line of another form. */
export function parseMounts(text: string): readonly MountEntry[] | undefined {
  const lines = text.split("\n").filter((line) => line !== "");
  const entries = lines.map(parseLine);
  if (entries.length === 0) return undefined;
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

/**
 * The mount that `path` (absolute, clean, free of links) leads to, as the kernel walks: from the root it enters each mount
 * it meets, so that a mount made later on a directory above hides what lies below. Undefined when nothing covers it.
 */
export function mountAt(entries: readonly MountEntry[], path: string): MountEntry | undefined {
  const ids = new Set(entries.map((entry) => entry.id));
  let found: MountEntry | undefined;
  let inside = entries.filter((entry) => entry.parent === entry.id || !ids.has(entry.parent));
  for (;;) {
    const [next] = inside
      .filter((entry) => covers(entry.mountPoint, path))
      .toSorted((a, b) => a.mountPoint.length - b.mountPoint.length);
    if (next === undefined) return found;
    found = next;
    inside = entries.filter((entry) => entry.parent === next.id && entry.id !== next.id);
  }
}

/** The mount that one sees exactly at `path`, not merely around it; undefined when there is none or it is hidden. */
export function mountOn(entries: readonly MountEntry[], path: string): MountEntry | undefined {
  const entry = mountAt(entries, path);
  return entry?.mountPoint === path ? entry : undefined;
}

/** Whether nothing can be written through the mount: it or its file system is read-only. */
export function isReadOnly(entry: MountEntry): boolean {
  return entry.options.includes("ro") || entry.superOptions.includes("ro");
}

function covers(mountPoint: string, path: string): boolean {
  return mountPoint === "/" || path === mountPoint || path.startsWith(`${mountPoint}/`);
}

function parseLine(line: string): MountEntry | undefined {
  const [before, after] = splitOnce(line, " - ");
  const [id, parent, device, root, mountPoint, options, ...propagation] = before.split(" ");
  const [type, source, superOptions] = after.split(" ");
  if (id === undefined || parent === undefined || device === undefined || root === undefined) return undefined;
  if (mountPoint === undefined || options === undefined || type === undefined) return undefined;
  if (!/^[0-9]+$/.test(id) || !/^[0-9]+$/.test(parent) || type === "") return undefined;
  return {
    id: Number(id),
    parent: Number(parent),
    device,
    root: unescapeOctal(root),
    mountPoint: unescapeOctal(mountPoint),
    options: options.split(","),
    propagation: propagation.filter((field) => field !== ""),
    type: unescapeOctal(type),
    source: unescapeOctal(source ?? ""),
    superOptions: (superOptions ?? "").split(","),
  };
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Space, tab, newline and backslash are written as a backslash and three octal digits. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
