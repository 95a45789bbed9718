/** Types of Go as encoding/json sees them, to read values into and to know what is written of them. */

/** The kinds that have no parts. Numbers are those of a 64-bit machine. */
export type GoScalar = "string" | "bool" | GoInteger | "any";

/** Whole numbers by size; `int` and `uint` have 64 bits. */
export type GoInteger = "int" | "int32" | "int64" | "uint" | "uint16" | "uint32" | "uint64";

/** Something that can be nil, with what it holds. */
export interface GoHolder {
  readonly kind: "pointer" | "list" | "map";
  readonly of: GoType;
}

/** A struct: its fields in the order in which they are written, by their names in JSON. */
export interface GoStruct {
  readonly kind: "struct";
  readonly fields: ReadonlyMap<string, GoField>;
}

/** A field is left out when it is empty (Go's `omitempty`), unless it is written always. */
export interface GoField {
  readonly type: GoType;
  readonly always: boolean;
}

/** Any type. */
export type GoType = GoScalar | GoHolder | GoStruct;

/** A pointer to `of`: set or not. */
export function pointer(of: GoType): GoHolder {
  return { kind: "pointer", of };
}

/** A slice. */
export function list(of: GoType): GoHolder {
  return { kind: "list", of };
}

/** A map by strings; its keys are written sorted. */
export function map(of: GoType): GoHolder {
  return { kind: "map", of };
}

/** A field that is written even when it is empty. */
export function always(type: GoType): GoField {
  return { type, always: true };
}

/** A struct with these fields; one that is a bare type is left out when it is empty. */
export function struct(fields: { readonly [name: string]: GoType | GoField }): GoStruct {
  const entries = Object.entries(fields).map(([name, field]): readonly [string, GoField] => [
    name,
    isField(field) ? field : { type: field, always: false },
  ]);
  return { kind: "struct", fields: new Map(entries) };
}

function isField(field: GoType | GoField): field is GoField {
  return typeof field === "object" && "always" in field;
}
