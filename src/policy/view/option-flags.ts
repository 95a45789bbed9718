/** The options of one mount that must be in force, from its option words. */
import type { Mount } from "../../oci/config.ts";
import { findMountOption } from "../../oci/mount-options.ts";

/** What mountinfo must show of a mount. */
export interface OptionFlags {
  /**
   * Sorted words: `ro` or `rw` (neither for a bind that says nothing of it: it keeps its source's), `nosuid`, `nodev`,
   * `noexec`, `nosymfollow`, `nodiratime`, and the access time policy where one is asked for.
   */
  readonly flags: readonly string[];
  /** File system data by name: `size`, `mode`, `ptmxmode`, ... */
  readonly data: ReadonlyMap<string, string>;
}

/** Per-mount flags that mountinfo shows under the same word. */
const plainFlags: { readonly [name: string]: string } = {
  NOSUID: "nosuid",
  NODEV: "nodev",
  NOEXEC: "noexec",
  NOSYMFOLLOW: "nosymfollow",
  NODIRATIME: "nodiratime",
};

/** Folds the words of `mount` in their order, the later winning. `bind`: it is a bind mount, where data means nothing. */
export function optionFlags(mount: Mount, bind: boolean): OptionFlags {
  const set = new Map<string, boolean>();
  const data = new Map<string, string>();
  for (const word of mount.options ?? []) {
    const option = findMountOption(word);
    if (option === undefined) {
      const [name = "", ...rest] = word.split("=");
      if (!bind) data.set(name, rest.join("="));
    } else if (option.kind === "flag" || option.kind === "recursive-attribute") {
      set.set(option.name, option.on);
    }
  }
  const flags = Object.entries(plainFlags).flatMap(([name, word]) => (set.get(name) === true ? [word] : []));
  const time = accessTime(set);
  if (time !== undefined) flags.push(time);
  const readOnly = set.get("RDONLY");
  if (readOnly === true) flags.push("ro");
  else if (readOnly === false || !bind) flags.push("rw");
  return { flags: flags.sort(), data };
}

/** mount(2): strictatime wins over noatime, which wins over relatime. */
function accessTime(set: ReadonlyMap<string, boolean>): string | undefined {
  if (set.get("STRICTATIME") === true) return "strictatime";
  if (set.get("NOATIME") === true) return "noatime";
  return set.get("RELATIME") === true ? "relatime" : undefined;
}
