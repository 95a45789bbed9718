/** The directory on the host that stands behind a scratch path. Fact sheet: upstream build/src/oci/mod.rs. */
import { blake3 } from "@noble/hashes/blake3";
import type * as v from "valibot";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { encodeBase32 } from "./base32.ts";
import { text } from "./fields.ts";

/** The request of `scratchName`. */
export interface ScratchNameRequest {
  /** Below the root of the cell. */
  readonly path: string;
}

const schema = closed({ path: text });

true satisfies Same<ScratchNameRequest, v.InferOutput<typeof schema>>;

/** The request of `scratchName` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readScratchNameRequest(request: Json): ScratchNameRequest {
  return fit(schema, request, "/request");
}

/** Padded upper-case base32 of the BLAKE3 hash of the path's bytes, as spelled: `build` and `build/` have different names. */
export function scratchName(path: string): string {
  const known = remembered.get(path);
  if (known !== undefined) return known;
  const name = encodeBase32(blake3(encodeUtf8(path)));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(path, name);
  return name;
}

/** The hash costs more than all the rest of a config, and builds ask for the same few paths again and again. */
const remembered = new Map<string, string>();
const mostRemembered = 256;
