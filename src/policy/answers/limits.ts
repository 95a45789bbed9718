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
