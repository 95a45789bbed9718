/** Puts instructions together and resolves their jumps. */

/** Bytes, a place to jump to, or a jump. */
export type Part = readonly number[] | { readonly label: string } | Jump;

/** An instruction that names a place. */
export interface Jump {
  readonly to: string;
  /** Bytes of the instruction. */
  readonly size: number;
  /** The instruction, when the place is `distance` bytes after its own first byte. */
  readonly encode: (distance: number) => readonly number[];
}

/** A place to jump to. */
export function label(name: string): Part {
  return { label: name };
}

/** Four bytes, little end first. */
export function imm(value: number): readonly number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];
}

/** The bytes of `parts` with their jumps resolved. */
export function assemble(parts: readonly Part[]): Uint8Array {
  const places = new Map<string, number>();
  let size = 0;
  for (const part of parts) {
    if ("label" in part) places.set(part.label, size);
    else size += "to" in part ? part.size : part.length;
  }
  const bytes: number[] = [];
  for (const part of parts) {
    if ("label" in part) continue;
    if (!("to" in part)) {
      bytes.push(...part);
      continue;
    }
    const place = places.get(part.to);
    if (place === undefined) throw new Error(`no place is called ${part.to}`);
    bytes.push(...part.encode(place - bytes.length));
  }
  return Uint8Array.from(bytes);
}
