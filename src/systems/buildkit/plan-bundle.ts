/** Where the bundle of a step stands below a directory of ours, and what the daemon keeps beside it. */
import type { Json, JsonObject } from "../../json/value.ts";
import { isObject } from "../../json/value.ts";
import type { BundleEntry, PlacedBundle } from "../system.ts";
import { readConfigRequest } from "./config-request.ts";
import { hostsText } from "./hosts.ts";
import { rootPair } from "./id-map.ts";
import { defaultNamespace } from "./make-config.ts";
import { readOptions } from "./options.ts";
import { resolvConfText } from "./resolv-conf.ts";
import { ownerOf } from "./state-directory.ts";

/**
 * The plan for `request` below `directory` (absolute), which is like the executor's state directory: the bundle is `step` in
 * it, and the shared resolv.conf and hosts file stand beside that, unless the request leaves their paths blank.
 * Throws {@link ../misfit.ts | Misfit} where request or options do not fit.
 */
export function planBundle(request: Json, options: Json, directory: string): PlacedBundle {
  const { resolvConf = "", hostsFile = "", containerdNamespace, idmap = null } = readConfigRequest(request);
  // The executor gives the root file system and both files to mapped root.
  const owned = idmap === null ? {} : { owner: ownerOf(rootPair(idmap)) };
  const { hostEtcResolvConf } = readOptions(options);
  const bundle = `${directory}/step`;
  const rootfs = `${bundle}/rootfs`;
  const beside: readonly (BundleEntry & { readonly field: string })[] = [
    ...(resolvConf === ""
      ? []
      : [besideBundle("resolvConf", `${directory}/resolv.conf`, resolvConfText(hostEtcResolvConf ?? "", null))]),
    ...(hostsFile === "" ? [] : [besideBundle("hostsFile", `${directory}/hosts`, hostsText([]))]),
  ];
  const paths: JsonObject = Object.fromEntries(beside.map(({ field, path }) => [field, path]));
  return {
    plan: {
      bundle,
      rootfs,
      entries: [
        { path: directory, type: "dir", mode: 0o711 },
        ...beside.map(({ field: _, ...entry }) => ({ ...entry, ...owned })),
        { path: bundle, type: "dir", mode: 0o711 },
        { path: rootfs, type: "dir", ...owned },
      ],
      inputs: [],
      outputs: [],
    },
    request: isObject(request) ? { ...request, ...paths } : request,
    options,
    // The namespace stands in the cgroup path also where a request names none.
    ...(containerdNamespace === undefined
      ? {}
      : { explains: [{ before: defaultNamespace, after: containerdNamespace }] }),
  };
}

function besideBundle(field: string, path: string, content: string): BundleEntry & { readonly field: string } {
  return { field, path, type: "file", content };
}
