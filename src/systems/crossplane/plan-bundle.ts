/** Where the bundle of a request stands below a directory of ours, and what its image has there. */
import type { Json } from "../../json/value.ts";
import { Misfit } from "../misfit.ts";
import type { BundleEntry, BundlePlan } from "../system.ts";
import { readOptions } from "./options.ts";
import { readConfigRequest } from "./read-request.ts";
import type { ConfigRequest } from "./request.ts";

/**
 * The plan for `request` at `directory` (absolute), which is the bundle; no option names a directory. The image's two user
 * files are in the root, whose path is relative or below the directory. Throws {@link Misfit} for another path.
 */
export function planBundle(
  request: Json,
  options: Json,
  directory: string,
): { readonly plan: BundlePlan; readonly options: Json } {
  readOptions(options);
  const typed = readConfigRequest(request);
  const rootfs = rootOf(typed, directory);
  const entries: readonly BundleEntry[] = [
    { path: directory, type: "dir" },
    { path: rootfs, type: "dir" },
    ...userFiles(typed, rootfs),
  ];
  return { plan: { bundle: directory, rootfs, entries, inputs: [], outputs: [] }, options };
}

/** The last root counts; without one no runtime starts the bundle. */
function rootOf({ options }: ConfigRequest, directory: string): string {
  const index = options.findLastIndex(({ kind }) => kind === "rootFS");
  const option = options[index];
  if (option?.kind !== "rootFS") return `${directory}/rootfs`;
  const { path } = option;
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  const clean = path.startsWith("/") ? `/${names.join("/")}` : [directory, ...names].join("/");
  if (!names.includes("..") && clean.startsWith(`${directory}/`)) return clean;
  throw new Misfit(
    `/request/options/${index}/path`,
    `expected a path below the bundle, such as "rootfs", found ${JSON.stringify(path)}`,
  );
}

/** Those of the last option that has them. */
function userFiles({ options }: ConfigRequest, rootfs: string): readonly BundleEntry[] {
  const last = options.findLast((option) => option.kind === "imageConfig");
  if (last?.kind !== "imageConfig") return [];
  const { passwd, group } = last;
  const files = { passwd, group };
  return Object.entries(files).flatMap(([name, content]): readonly BundleEntry[] =>
    typeof content === "string" ? [{ path: `${rootfs}/etc/${name}`, type: "file", content }] : [],
  );
}
