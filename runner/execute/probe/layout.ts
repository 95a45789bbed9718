/** How the emitted programs lie in memory, on every machine. */

/** Where the segment is loaded; below 4 GiB so that addresses fit 32 bits, and a multiple of every page size there is. */
export const base = 0x400000;
/** Bytes of the ELF header and of one program header. */
export const headerSize: number = 64 + 56;
/** Bytes of a record: number and flags, six arguments, result. */
export const recordSize = 64;
/** In an argument's place: take the previous record's result instead. Not a value any of our calls passes. */
export const previousMark = 0x7e57ab1e;

/** Where the records lie, how many there are, and in how many groups. */
export interface Layout {
  readonly table: number;
  readonly calls: number;
  readonly groups: number;
}
