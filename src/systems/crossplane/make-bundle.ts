/** config.json of the bundle of an image. Fact sheet: upstream internal/oci/store, Bundle, and cmd/function-runtime-oci/spark. */
import type { JsonObject } from "../../json/value.ts";
import { makeConfig } from "./make-config.ts";
import type { BundleRequest, SpecOption } from "./request.ts";
import { wrapped } from "./spec-options.ts";

/**
 * The document that upstream writes for an image: what the image says, its files as a read-only root, then the limits and
 * the network of the request. Throws {@link ../rejection.ts | Rejection}, with the bundler's words in front.
 */
export function makeBundle({ config, passwd, group, run }: BundleRequest): JsonObject {
  const etc = "rootfs/etc";
  const options: readonly SpecOption[] = [
    { kind: "imageConfig", config, passwd, group, passwdPath: `${etc}/passwd`, groupPath: `${etc}/group` },
    { kind: "rootFS", path: "rootfs", readonly: true },
    ...(run === null ? [] : [{ kind: "runFunctionConfig", ...run } as const]),
  ];
  return wrapped("cannot write OCI runtime spec", () => makeConfig({ options }));
}
