/** Extended headers of an archive, as Rust's tar 0.4.38 reads them (pax(1), Extended Header). */
import { decodeUtf8 } from "../../../bytes/utf8.ts";

/** The first value of `key`. Lines that are not well formed are passed over; an empty one ends the list. */
export function paxValue(data: Uint8Array, key: string): Uint8Array | undefined {
  return records(data).find((record) => record?.key === key)?.value;
}

/** The size, unless something that is not well formed stands before it. */
export function paxSize(data: Uint8Array): number | undefined {
  for (const record of records(data)) {
    if (record === undefined) return undefined;
    if (record.key !== "size") continue;
    const text = decodeUtf8(record.value);
    return /^\+?[0-9]+$/.test(text) ? Number(text) : undefined;
  }
  return undefined;
}

interface PaxRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/** One for each line; undefined for one whose length is not what it says, or that has no `=`. */
function records(data: Uint8Array): readonly (PaxRecord | undefined)[] {
  const found: (PaxRecord | undefined)[] = [];
  for (let start = 0; start < data.length; ) {
    const newline = data.indexOf(0x0a, start);
    const end = newline < 0 ? data.length : newline;
    if (end === start) break;
    found.push(readRecord(data.subarray(start, end)));
    start = end + 1;
  }
  return found;
}

function readRecord(line: Uint8Array): PaxRecord | undefined {
  const blank = line.indexOf(0x20);
  const length = decodeUtf8(line.subarray(0, Math.max(blank, 0)));
  if (!/^\+?[0-9]+$/.test(length) || Number(length) !== line.length + 1) return undefined;
  const equals = line.indexOf(0x3d, blank + 1);
  if (equals < 0) return undefined;
  return { key: decodeUtf8(line.subarray(blank + 1, equals)), value: line.subarray(equals + 1) };
}
