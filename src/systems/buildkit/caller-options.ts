/** The changes to the document that the caller asks for. Fact sheet: containerd oci/spec_opts.go. */
import type { CallerOption } from "./config-request.ts";

/** What they come to. */
export interface CallerOptions {
  readonly user: { readonly uid: number; readonly gid: number; readonly additionalGids?: readonly number[] };
  readonly readonlyRoot: boolean;
  readonly cgroupsPath: string | undefined;
}

/** The changes of `list`, made one after the other: the last one of a kind wins. */
export function callerOptions(list: readonly CallerOption[]): CallerOptions {
  let user: CallerOptions["user"] = { uid: 0, gid: 0 };
  let readonlyRoot = false;
  let cgroupsPath: string | undefined;
  for (const option of list) {
    if (option.op === "readonlyRootFS") readonlyRoot = true;
    else if (option.op === "cgroupsPath") cgroupsPath = option.path ?? "";
    else {
      // The three are set together: without groups those of an earlier option are gone.
      const { uid = 0, gid = 0, additionalGids } = option;
      user = additionalGids?.length ? { uid, gid, additionalGids } : { uid, gid };
    }
  }
  return { user, readonlyRoot, cgroupsPath };
}
