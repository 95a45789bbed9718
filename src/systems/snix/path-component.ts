/** The names that an input may have. Fact sheet: upstream castore/src/path/component.rs. */

const longest = 255;

/** Whether the bytes are one name in a directory: not empty, `.` or `..`, at most 255 bytes, without NUL and slash. */
export function isPathComponent(name: Uint8Array): boolean {
  if (name.length === 0 || name.length > longest || name.includes(nul) || name.includes(slash)) return false;
  return !(name.length <= 2 && name.every((byte) => byte === dot));
}

const nul = 0x00;
const dot = 0x2e;
const slash = 0x2f;
