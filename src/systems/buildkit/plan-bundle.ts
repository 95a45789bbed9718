/** Where the bundle of a step stands below a directory of ours, and what the daemon supplies for it. */
import type { Json } from "../../json/value.ts";
import type { BundlePlan } from "../system.ts";
import { readConfigRequest } from "./config-request.ts";
import { hostsText } from "./hosts.ts";
import { readOptions } from "./options.ts";
import { resolvConfText } from "./resolv-conf.ts";

/**
 * The plan for `request`: `directory` (absolute) is the bundle, and `rootfs` in it the image. Every host path stands in the
 * request, so the options stay as they are. Throws {@link ../misfit.ts | Misfit} where request or options do not fit.
 */
export function planBundle(
  request: Json,
  options: Json,
  directory: string,
): { readonly plan: BundlePlan; readonly options: Json } {
  const { resolvConf = "", hostsFile = "" } = readConfigRequest(request);
  const { hostEtcResolvConf } = readOptions(options);
  const rootfs = `${directory}/rootfs`;
  const plan: BundlePlan = {
    bundle: directory,
    rootfs,
    entries: [
      { path: directory, type: "dir", mode: 0o711 },
      { path: rootfs, type: "dir" },
    ],
    inputs: [],
    outputs: [],
    supplied: [
      { path: resolvConf, type: "file", content: resolvConfText(hostEtcResolvConf ?? "", null) },
      { path: hostsFile, type: "file", content: hostsText([]) },
    ],
  };
  return { plan, options };
}
