/** What the daemon knows beside the request: how it was built, and what it finds on its machine. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { list, text } from "./fields.ts";

/** The options of every operation; each takes from them what it needs. */
export interface Options {
  /** The upstream revision to be like; there is one. */
  readonly revision?: "8cd927c7";
  /** The only system; others are not specified here. */
  readonly os?: "linux";
  /** What the daemon was built for, in Go's words; `amd64` when absent. */
  readonly arch?: string;
  /** Whether binary and kernel know seccomp; they do when absent, as in official builds. Without it there is no profile. */
  readonly seccompSupported?: boolean;
  /** Whether the daemon runs in a user namespace; it does not when absent. Insecure mode then adds no device nodes. */
  readonly inUserNS?: boolean;
  /** The first free loop device; null or absent where the kernel does not say. */
  readonly freeLoopId?: number | null;
  /** Text of the host's /etc/resolv.conf; null or absent where there is none. */
  readonly hostEtcResolvConf?: string | null;
  /** The random ids that are drawn, in order. */
  readonly randomIds?: readonly string[] | null;
  /** The directories that are made for mounts of which a part is selected, in order. */
  readonly localMountDirs?: readonly string[] | null;
  /** How many of them there were when the answer was taken; it says nothing to an operation. */
  readonly localMountCount?: number;
}

const schema = closed({
  revision: v.exactOptional(v.literal("8cd927c7")),
  os: v.exactOptional(v.literal("linux")),
  arch: v.exactOptional(text),
  seccompSupported: v.exactOptional(v.boolean()),
  inUserNS: v.exactOptional(v.boolean()),
  freeLoopId: v.exactOptional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1048575)))),
  hostEtcResolvConf: v.exactOptional(v.nullable(text)),
  randomIds: v.exactOptional(list(text)),
  localMountDirs: v.exactOptional(list(text)),
  localMountCount: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

true satisfies Same<Options, v.InferOutput<typeof schema>>;

/** The options as typed. Throws {@link ../misfit.ts | Misfit} where they do not fit. */
export function readOptions(options: Json): Options {
  return fit(schema, options, "/options");
}
