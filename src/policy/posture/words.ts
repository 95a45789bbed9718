/** What a config promises, in a few words that a column of a table can hold. */
import { printCompact } from "../../json/print.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { absent } from "../order.ts";

/** The words, and the list behind them where they only count it. */
export interface Words {
  readonly text: string;
  readonly list?: readonly string[];
}

/** Longer lists are counted, and told once below the table. */
const longestText = 24;

/**
 * The words for a value of `rule`. What differs between systems by name alone (paths on the host, names of directories) is
 * put in the same words; `subject` is what the value is promised of.
 */
export function wordsOf(rule: string, subject: string, value: Json): Words {
  if (value === absent) return { text: (Object.hasOwn(unsaid, rule) ? unsaid[rule] : undefined) ?? "not there" };
  const special = Object.hasOwn(specials, rule) ? specials[rule]?.(value, subject) : undefined;
  return special === undefined ? generalWords(value) : typeof special === "string" ? { text: special } : special;
}

/** Rules for which a subject that a config does not speak of has a value all the same. */
const unsaid: { readonly [rule: string]: string } = { "masked-paths": "exposed", "readonly-paths": "writable" };

const specials: { readonly [rule: string]: (value: Json, subject: string) => string | Words | undefined } = {
  "host-name": (value) => (isObject(value) ? "its own" : value === "inherited" ? "the host's" : undefined),
  "id-map": (value) => (isArray(value) ? value.map(rangeWords).join(", ") || "none" : undefined),
  ownership: (value) => (isObject(value) ? `${plain(value["uid"])}:${plain(value["gid"])}` : undefined),
  mounts: (value) => (isObject(value) ? mountWords(value) : undefined),
  "bind-source": (value, subject) => (isObject(value) ? sourceWords(value, subject) : undefined),
  writes: (value) => (isObject(value) ? accessWords(value) : undefined),
  "network-files": (value, subject) => (isObject(value) ? sourceWords(value, subject) : undefined),
  "memory-limit": (value) => (isAmount(value) ? sizeWords(value) : undefined),
  "cpu-limit": (value) => (isObject(value) ? processorWords(value) : undefined),
  "set-uid": (value) => (isObject(value) ? (value["gains"] === true ? "works" : "no effect") : undefined),
  "no-exec": (value) => (isObject(value) ? plain(value["programs"]) : undefined),
  "no-devices": (value) => (isObject(value) ? plain(value["nodes"]) : undefined),
  "default-devices": (value) => (isObject(value) ? "the usual one" : undefined),
  "unexpected-devices": (value) => {
    const names = isObject(value) ? value["names"] : undefined;
    if (!isArray(names)) return undefined;
    return names.length === 0 ? "the usual names" : `the usual names, ${names.join(", ")}`;
  },
  "device-nodes": (value) => (isObject(value) ? plain(value["make"]) : undefined),
  "tmpfs-size": (value) => (isObject(value) ? sizeWords(value["bytes"] ?? null) : undefined),
  seccomp: callWords,
  "seccomp-calls": callWords,
  "seccomp-denied": callWords,
  "seccomp-allowed": callWords,
  "seccomp-arguments": callWords,
  "seccomp-new": callWords,
  "foreign-architectures": callWords,
  exports: (value) => (isObject(value) ? placeWords(value) : undefined),
  rlimits: (value, subject) => (isObject(value) ? limitWords(value, subject) : undefined),
  "unexpected-mounts": (value) => {
    const places = isObject(value) ? value["at"] : undefined;
    return isArray(places) ? `${places.length} places` : undefined;
  },
};

function generalWords(value: Json): Words {
  if (isArray(value)) return value.length === 0 ? { text: "none" } : countedWords(value);
  if (typeof value === "string") return { text: spoken(value) };
  if (!isObject(value)) return { text: plain(value) };
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && !isObject(only[1])) {
    return { text: only[0] === "joined" ? `joined ${plain(only[1])}` : plain(only[1]) };
  }
  return { text: entries.map(([key, each]) => `${key} ${plain(each)}`).join(", ") };
}

/** `as-on-the-host` is a phrase, `read-only` a word. */
function spoken(value: string): string {
  return /^[a-z]+(?:-[a-z]+){2,}$/.test(value) ? value.replaceAll("-", " ") : value;
}

function countedWords(value: readonly Json[]): Words {
  const list = value.map((item) => plain(item));
  const text = list.join(" ");
  return text.length <= longestText ? { text } : { text: String(list.length), list };
}

/** `0 is 1000`, `0-65535 is 100000-165535`: inside and outside. */
function rangeWords(range: Json): string {
  const [inside = 0, outside = 0, size = 1] = isArray(range) ? range : [];
  return `${spanWords(inside, size)} is ${spanWords(outside, size)}`;
}

function spanWords(first: Json, size: Json): string {
  const last = Number(first) + Number(size) - 1;
  return Number(size) === 1 ? plain(first) : `${plain(first)}-${last}`;
}

/** Flags that take something away, in the order of their weight. The others tell nothing of isolation. */
const restrictions: readonly string[] = ["ro", "nosuid", "nodev", "noexec"];

function mountWords({ type, flags, size, mode }: JsonObject): string {
  const kept = isArray(flags) ? restrictions.filter((flag) => flags.includes(flag)) : [];
  const writable = type === "bind" && !kept.includes("ro") ? ["rw"] : [];
  const parts = [plain(type), ...writable, ...kept, ...(size === undefined ? [] : [sizeWords(size)])];
  return [...parts, ...(mode === undefined || type !== "tmpfs" ? [] : [plain(mode)])].join(" ");
}

function sizeWords(size: Json): string {
  const bytes = Number(size);
  return bytes > 0 && bytes % 1_048_576 === 0 ? `${bytes / 1_048_576}M` : plain(size);
}

/** Limits of setrlimit(2) that are bytes. */
const inBytes: readonly string[] = ["AS", "DATA", "FSIZE", "MEMLOCK", "MSGQUEUE", "RSS", "STACK"];

/** One number where the soft limit is the hard one, which the process may not exceed. */
function limitWords({ soft, hard }: JsonObject, subject: string): string {
  const bytes = inBytes.some((name) => subject.endsWith(`RLIMIT_${name}`));
  const words = [soft, hard].map((limit) => (bytes && isAmount(limit) ? sizeWords(limit) : plain(limit)));
  return [...new Set(words)].join(" of ");
}

function processorWords({ quota, period }: JsonObject): string {
  const count = Number(quota) / Number(period);
  return `${Number.isFinite(count) ? Math.round(count * 1000) / 1000 : plain(quota)} CPU${count === 1 ? "" : "s"}`;
}

/** What becomes of a system call; `kernel` where no filter keeps it from there. */
function callWords(value: Json): string | undefined {
  if (value === "kernel") return "allowed";
  return typeof value === "string" ? value.replace(/^errno:/, "errno ") : undefined;
}

function isAmount(value: Json | undefined): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** A relative source lies in the bundle. */
function sourceWords({ source }: JsonObject, subject: string): string {
  const path = plain(source);
  if (!path.startsWith("/")) return "the bundle's";
  return subject.endsWith(`:${path}`) ? "host, same path" : "host, elsewhere";
}

function accessWords(value: JsonObject): string {
  const access = plain(value["access"]);
  return access === "writable" ? `${access}, ${placeWords(value)}` : access;
}

function placeWords({ source }: JsonObject): string {
  return plain(source).startsWith("/") ? "on the host" : "in the bundle";
}

function plain(value: Json | undefined): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  return printCompact(value);
}
