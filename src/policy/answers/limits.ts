/** /proc/PID/limits. */
import type { Json } from "../../json/value.ts";

/** A limit as the kernel shows it; beyond 2^53 a bigint. */
export type LimitValue = number | bigint | "unlimited";

/** Soft and hard limit of one resource. */
export interface Limit {
  readonly soft: LimitValue;
  readonly hard: LimitValue;
}

/** Limits by the row's name ("Max open files"); undefined when the text has no row. */
export function parseLimits(text: string): ReadonlyMap<string, Limit> | undefined {
  const limits = new Map<string, Limit>();
  for (const line of text.split("\n")) {
    const match = /^(Max .+?) {2,}([0-9]+|unlimited) +([0-9]+|unlimited)\b/.exec(line);
    if (match === null) continue;
    const [, row = "", soft = "", hard = ""] = match;
    limits.set(row, { soft: limitValue(soft), hard: limitValue(hard) });
  }
  return limits.size === 0 ? undefined : limits;
}

/** The letters of the shell's ulimit, and how many of the kernel's units one of its own is; as dash and busybox have them. */
export const shellLimits: { readonly [type: string]: { readonly letter: string; readonly unit: number } } = {
  RLIMIT_AS: { letter: "v", unit: 1024 },
  RLIMIT_CORE: { letter: "c", unit: 512 },
  RLIMIT_CPU: { letter: "t", unit: 1 },
  RLIMIT_DATA: { letter: "d", unit: 1024 },
  RLIMIT_FSIZE: { letter: "f", unit: 512 },
  RLIMIT_MEMLOCK: { letter: "l", unit: 1024 },
  RLIMIT_NOFILE: { letter: "n", unit: 1 },
  RLIMIT_NPROC: { letter: "p", unit: 1 },
  RLIMIT_RSS: { letter: "m", unit: 1024 },
  RLIMIT_STACK: { letter: "s", unit: 1024 },
};

/** What ulimit printed of one resource: soft and hard limit in its own units; undefined for another form. */
export function parseShellLimit(text: string): Limit | undefined {
  const match = /^([0-9]+|unlimited)\n([0-9]+|unlimited)\n$/.exec(text);
  if (match === null) return undefined;
  const [, soft = "", hard = ""] = match;
  return { soft: limitValue(soft), hard: limitValue(hard) };
}

/** A limit in units of `unit`, rounded down, as ulimit shows it. */
export function inUnits(limit: LimitValue, unit: number): LimitValue {
  return limit === "unlimited" ? limit : limitValue(BigInt(limit) / BigInt(unit));
}

/** A limit in its shortest form: the kernel's RLIM_INFINITY (2^64 - 1) is `unlimited`. */
export function limitValue(value: string | number | bigint): LimitValue {
  if (value === "unlimited") return value;
  const whole = BigInt(value);
  if (whole === 0xffff_ffff_ffff_ffffn) return "unlimited";
  return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole;
}

/** The limit as a JSON value. */
export function limitJson(limit: Limit): Json {
  return { soft: limit.soft, hard: limit.hard };
}
