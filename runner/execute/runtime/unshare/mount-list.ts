/** The list of mounts that sequence.sh makes: one line each, `TYPE OPTIONS SOURCE TARGET`. */
import { resolve } from "node:path";
import type { Config, Mount } from "../../../../src/oci/config.ts";
import { findMountOption } from "../../../../src/oci/mount-options.ts";

/** The list for `config`, whose relative sources lie below `bundle` (absolute). */
export function mountList({ mounts = [] }: Pick<Config, "mounts">, bundle: string): string {
  return mounts.map((mount) => `${lineOf(mount, bundle).map(escapeWord).join(" ")}\n`).join("");
}

function lineOf({ destination, type, source, options = [] }: Mount, bundle: string): readonly string[] {
  const target = destination.startsWith("/") ? destination : `/${destination}`;
  const bind = options.includes("rbind") ? "rbind" : type === "bind" || options.includes("bind") ? "bind" : undefined;
  if (bind === undefined) return [type ?? "none", joined(options), source ?? type ?? "none", target];
  // What a bind takes over is its source's; only flags can be changed, by a remount.
  const flags = options.filter((option) => findMountOption(option)?.kind === "flag" && !/^r?bind$/.test(option));
  return [bind, joined(flags), resolve(bundle, source ?? ""), target];
}

function joined(options: readonly string[]): string {
  return options.length === 0 ? "-" : options.join(",");
}

/** Everything but a plain set as octal escapes that printf %b of every shell understands. */
function escapeWord(word: string): string {
  let escaped = "";
  for (const byte of new TextEncoder().encode(word)) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9_./:=,@+-]/.test(character) ? character : `\\0${byte.toString(8).padStart(3, "0")}`;
  }
  return escaped;
}
