/** What the mounts of a config come to once all of them are made, in their order. */
import type { Config, Mount } from "../../oci/config.ts";
import { insidePath, isBelow } from "./path.ts";

/** The mount that counts on one destination: the last one there. */
export interface PlannedMount {
  /** Position in `mounts`. */
  readonly index: number;
  /** Clean and absolute, inside the container. */
  readonly destination: string;
  readonly mount: Mount;
  /** By the options `bind` and `rbind`: whatever the type says, they decide (mount(2)). */
  readonly bind: boolean;
  /** A bind with what is mounted below its source. */
  readonly recursive: boolean;
  /** Whether a later mount or a masked path above it (or a masked path on it) covers it. */
  readonly hidden: boolean;
  /** Whether it is one of `linux.readonlyPaths` as well. */
  readonly readOnlyPath: boolean;
  /** JSON pointer to the mount. */
  readonly at: string;
}

/** Many rules ask for the table of the same config. */
const tables = new WeakMap<Config, readonly PlannedMount[]>();

/** The mounts that count, by destination, in the order in which they are made. */
export function mountTable(config: Config): readonly PlannedMount[] {
  const known = tables.get(config);
  if (known !== undefined) return known;
  const table = makeTable(config);
  tables.set(config, table);
  return table;
}

function makeTable(config: Config): readonly PlannedMount[] {
  const mounts = config.mounts ?? [];
  const destinations = mounts.map((mount) => insidePath(mount.destination));
  const masked = (config.linux?.maskedPaths ?? []).map(insidePath);
  const readOnly = (config.linux?.readonlyPaths ?? []).map(insidePath);
  return mounts.flatMap((mount, index): readonly PlannedMount[] => {
    const destination = destinations[index] ?? "/";
    if (destinations.lastIndexOf(destination) !== index) return [];
    const later = destinations.slice(index + 1);
    const options = mount.options ?? [];
    return [
      {
        index,
        destination,
        mount,
        bind: options.includes("bind") || options.includes("rbind"),
        recursive: options.includes("rbind"),
        hidden:
          later.some((above) => isBelow(destination, above)) ||
          masked.some((above) => above === destination || isBelow(destination, above)),
        readOnlyPath: readOnly.includes(destination),
        at: `/mounts/${index}`,
      },
    ];
  });
}

/** Whether writes through the mount are refused by its own options. */
export function isReadOnlyMount(planned: PlannedMount): boolean {
  const word = (planned.mount.options ?? []).findLast((option) => /^r?r[ow]$/.test(option));
  return planned.readOnlyPath || word === "ro" || word === "rro";
}
