/** One behaviour of the validator as data. */
import type { Json } from "../../../src/json/value.ts";
import type { FindingCode } from "../../../src/oci/finding-codes.ts";

/** The one finding that `bad` must give, and a good neighbour that must give none. Both are merge patches over {@link base}. */
export interface Row {
  readonly title: string;
  readonly code: FindingCode;
  /** Pointer of the finding. */
  readonly at: string;
  readonly bad: Json;
  readonly good: Json;
}

/** A small config without findings. */
export const base: Json = {
  ociVersion: "1.3.0",
  root: { path: "rootfs" },
  process: { cwd: "/", args: ["sh"], user: { uid: 0, gid: 0 } },
  linux: { namespaces: [{ type: "mount" }] },
};
