/** Which operation of a system is the main one, and which yields config.json. Both are `config`, except in metalor. */
import type { System } from "./system.ts";

/** The name of the operation that is meant where none is named. */
export function mainOperation({ instead }: Pick<System, "instead">): string {
  return instead?.main ?? "config";
}

/** The name of the operation that yields config.json. */
export function configOperation({ instead }: Pick<System, "instead">): string {
  return instead?.config ?? "config";
}
