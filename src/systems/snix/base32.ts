/** Base32 (RFC 4648). */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Upper case, padded to a multiple of eight characters. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((pending >> (bits - 5)) & 31);
    pending &= 31;
  }
  if (bits > 0) text += alphabet.charAt((pending << (5 - bits)) & 31);
  return text.padEnd(Math.ceil(text.length / 8) * 8, "=");
}
