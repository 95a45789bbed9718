/** Keeps a weakened cell where a killed one is looked for. */
import { isObject, type Json } from "../../../src/json/value.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/**
 * `config`, which was made from that of `cell`; where its cgroup path was taken away, with another one below `cgroups`, this
 * run's own. Without any, the choice would be the runtime's, and the cell might outlive a run that is killed.
 */
export function keepInCgroup(config: Json, cell: PreparedCell, cgroups: string): Json {
  if (!isObject(config) || pathOf(cell.config) === undefined || pathOf(config) !== undefined) return config;
  const linux = config["linux"];
  const name = `elsewhere-${cell.directory.slice(cell.directory.lastIndexOf("/") + 1)}`;
  return { ...config, linux: { ...(isObject(linux) ? linux : {}), cgroupsPath: `${cgroups}/${name}` } };
}

function pathOf(config: Json): Json | undefined {
  const linux = isObject(config) ? config["linux"] : undefined;
  return isObject(linux) ? linux["cgroupsPath"] : undefined;
}
