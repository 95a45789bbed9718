/** IP addresses as Go's package net reads and prints them (Go 1.19: no leading zeros in dotted quads). */

/** Sixteen bytes; an IPv4 address as ::ffff:a.b.c.d, as in Go. */
export type Ip = readonly number[];

/** The address that `text` writes, undefined where it writes none. No zone, no blanks, no port. */
export function parseIp(text: string): Ip | undefined {
  if (text.includes(":")) return parseIpv6(text);
  const quad = parseIpv4(text);
  return quad === undefined ? undefined : [...mapped, ...quad];
}

const mapped: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(text)?.slice(1);
  if (parts === undefined || parts.some((part) => (part.length > 1 && part.startsWith("0")) || Number(part) > 255)) {
    return undefined;
  }
  return parts.map(Number);
}

function parseIpv6(text: string): Ip | undefined {
  const gap = text.indexOf("::");
  if (gap === -1) {
    const groups = readGroups(text);
    return groups?.length === 16 ? groups : undefined;
  }
  const before = gap === 0 ? [] : readGroups(text.slice(0, gap), false);
  const behind = gap + 2 === text.length ? [] : readGroups(text.slice(gap + 2));
  if (before === undefined || behind === undefined) return undefined;
  const missing = 16 - before.length - behind.length;
  // The gap stands for at least one group.
  return missing < 2 ? undefined : [...before, ...new Array<number>(missing).fill(0), ...behind];
}

/** Groups between single colons as bytes, at most sixteen; the last one may be a dotted quad. */
function readGroups(text: string, quadAllowed = true): readonly number[] | undefined {
  const groups = text.split(":", 9);
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const quad = quadAllowed && index === groups.length - 1 ? parseIpv4(group) : undefined;
    const digits = /^0*([0-9A-Fa-f]{1,4})$/.exec(group)?.[1];
    if (quad !== undefined) bytes.push(...quad);
    else if (digits === undefined) return undefined;
    else bytes.push(Number.parseInt(digits, 16) >> 8, Number.parseInt(digits, 16) & 0xff);
  }
  return bytes.length > 16 ? undefined : bytes;
}

/** `ip` as Go prints it: IPv4 as dotted quad, the first longest run of two or more zero groups as `::`. */
export function printIp(ip: Ip): string {
  if (mapped.every((byte, index) => ip[index] === byte)) return ip.slice(12).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => ((ip[2 * index] ?? 0) << 8) | (ip[2 * index + 1] ?? 0));
  const { start, length } = longestZeros(groups);
  const print = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? print(groups) : `${print(groups.slice(0, start))}::${print(groups.slice(start + length))}`;
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
    start = Math.max(start, end - 1);
  }
  return best;
}
