/** What a config promises of one mount. */
import type { Json } from "../../json/value.ts";
import { byteSize } from "./byte-size.ts";
import type { PlannedMount } from "./mount-table.ts";
import { optionFlags } from "./option-flags.ts";

/**
 * `hidden` where a later mount above or a masked path covers it, else `{ type, flags, size?, mode?, ptmxmode? }`: the flags
 * that must be in force (see option-flags.ts), bytes, and modes as octal text.
 */
export function mountValue(planned: PlannedMount): Json {
  if (planned.hidden) return "hidden";
  const { flags, data } = optionFlags(planned.mount, planned.bind);
  const size = byteSize(data.get("size") ?? "");
  const mode = octalMode(data.get("mode"));
  const ptmxmode = octalMode(data.get("ptmxmode"));
  return {
    type: planned.bind ? "bind" : (planned.mount.type ?? "none"),
    flags: planned.readOnlyPath ? [...flags.filter((flag) => flag !== "rw" && flag !== "ro"), "ro"].sort() : flags,
    ...(size === undefined ? {} : { size }),
    ...(mode === undefined ? {} : { mode }),
    ...(ptmxmode === undefined ? {} : { ptmxmode }),
  };
}

/** Octal without leading zeros, as mountinfo and stat(1) write it. */
export function octalMode(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-7]+$/.test(text) ? Number.parseInt(text, 8).toString(8) : undefined;
}
