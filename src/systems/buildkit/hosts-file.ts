/** The hosts file on disk. Fact sheet: upstream executor/oci/hosts.go, with the usual umask 022. */
import type { Json } from "../../json/value.ts";
import { Misfit } from "../misfit.ts";
import { hostsText } from "./hosts.ts";
import { rootPair } from "./id-map.ts";
import type { Options } from "./options.ts";
import type { HostsFileRequest } from "./small-requests.ts";
import { ownerOf } from "./state-directory.ts";

/**
 * Name, mode, owner and text, and whether the file is there after the clean-up: the one without extra hosts is shared by
 * all steps and stays. Throws {@link Misfit} where a random id is needed and none is given.
 */
export function makeHostsFile({ extraHosts, idmap }: HostsFileRequest, { randomIds }: Options): Json {
  const shared = extraHosts === undefined || extraHosts === null || extraHosts.length === 0;
  const id = randomIds?.[0];
  if (!shared && id === undefined) throw new Misfit("/options/randomIds/0", "is missing: a random id is drawn");
  return {
    name: shared ? "hosts" : `hosts.${id}`,
    mode: "0644",
    ...ownerOf(idmap === undefined || idmap === null ? { uid: 0, gid: 0 } : rootPair(idmap)),
    content: hostsText(extraHosts ?? []),
    existsAfterCleanup: shared,
  };
}
