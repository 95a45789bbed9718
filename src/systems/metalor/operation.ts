/** Makes an operation that takes no options of its own. */
import type * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Host } from "../host.ts";
import type { Effects, Operation } from "../system.ts";
import { readCommonOptions } from "./options.ts";

/** An operation whose request has exactly these `entries`; `run` gets it typed, and gives plain data. */
export function operation<const Entries extends v.ObjectEntries>(
  effects: Effects,
  title: string,
  entries: Entries,
  run: (request: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>, host: Host) => Json | object,
): Operation {
  const schema = closed(entries);
  return {
    effects,
    title,
    run(request, options, host) {
      readCommonOptions(options);
      // An interface has no index signature, so the compiler does not see that its data are JSON.
      return run(fit(schema, request, "/request"), host) as Json;
    },
  };
}

/** An operation with options of its own, which are read before its request. */
export function withOptions<Request, Options>(
  effects: Operation["effects"],
  title: string,
  requestSchema: v.GenericSchema<unknown, Request>,
  readOptions: (options: Json) => Options,
  run: (request: Request, options: Options, host: Host) => Json | object,
): Operation {
  return {
    effects,
    title,
    run(request, options, host) {
      const typed = readOptions(options);
      return run(fit(requestSchema, request, "/request"), typed, host) as Json;
    },
  };
}
