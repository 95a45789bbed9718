/** What becomes of the sources of mounts: opened, mounted, released. Fact sheet: upstream executor/oci/spec.go. */
import type { Json } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import type { Events } from "./caller-mounts.ts";
import { type ConfigRequest, treeOf } from "./config-request.ts";
import { type Generated, generate } from "./make-config.ts";
import type { Options } from "./options.ts";

/**
 * The events of generating a document and, where that succeeds, of its clean-up, with its error or where its mounts go.
 * Throws {@link Rejection} of class `panic` where the generator itself falls over.
 */
export function lifecycle(request: ConfigRequest, options: Options): Json {
  const events: Events = [];
  let generated: Generated;
  try {
    generated = generate(request, options, treeOf(request), events);
  } catch (error) {
    if (!(error instanceof Rejection) || error.class === "panic") throw error;
    return { error: error.message, events };
  }
  const mountDests = (generated.config.mounts ?? []).map(({ destination }) => destination);
  events.push("cleanup");
  try {
    generated.mounts.release();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { error: null, events, mountDests, cleanupPanic: error.message };
  }
  return { error: null, events, mountDests };
}
