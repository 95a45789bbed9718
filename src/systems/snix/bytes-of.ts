/** Byte strings of a request: upstream keeps names, values and contents as bytes, our JSON as text or, where they are not UTF-8, base64. */
import { decodeBase64 } from "../../bytes/base64.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";

/** The bytes of a field that is given as text or as base64; none when neither is given. */
export function bytesOf(text: string | undefined, base64: string | undefined): Uint8Array {
  return base64 === undefined ? encodeUtf8(text ?? "") : decodeBase64(base64);
}
