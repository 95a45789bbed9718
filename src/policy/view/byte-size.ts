/** Sizes as mount options write them. */
import { limitedInteger } from "./integer.ts";

const units: { readonly [suffix: string]: bigint } = { "": 1n, k: 1n << 10n, m: 1n << 20n, g: 1n << 30n, t: 1n << 40n };

/** Bytes of `65536k`, `1G`, `4096`; undefined for anything else (a share of the memory, as in `50%`). tmpfs(5). */
export function byteSize(text: string): number | bigint | undefined {
  const [, digits, suffix = ""] = /^([0-9]+)([kmgt]?)$/i.exec(text) ?? [];
  const unit = units[suffix.toLowerCase()];
  return digits === undefined || unit === undefined ? undefined : limitedInteger(BigInt(digits) * unit);
}
