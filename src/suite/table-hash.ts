/** One word for a table, so that reports of different tables are not merged. */
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils";
import { printJson } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import type { PlacedCase } from "./case.ts";

/** SHA-256 (hex) over the canonical texts of `cases`, sorted by id: their order does not matter. */
export function tableHash(cases: readonly PlacedCase[]): string {
  const hash = sha256.create();
  const sorted = [...cases].sort((a, b) => (a.fullId < b.fullId ? -1 : 1));
  // A case holds nothing but JSON, and a canonical text ends in the only newline that stands at the start of a line's end.
  for (const each of sorted) hash.update(utf8ToBytes(printJson(each as unknown as Json)));
  return bytesToHex(hash.digest());
}
