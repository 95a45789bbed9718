/** The request of `bundle`: an executor, an image and a step. Fact sheet: upstream executor/runcexecutor/executor.go. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { type Dns, dnsSchema } from "./dns.ts";
import { goInt, list, text, texts } from "./fields.ts";
import { type IdMap, idMapSchema } from "./id-map.ts";
import { type Meta, metaSchema } from "./meta.ts";
import { networkModeSchema, processModeSchema } from "./modes.ts";
import { mountsSchema, type StepMount } from "./mount-request.ts";
import { type Network, networkSchema } from "./network.ts";
import { type TreeItem, treeSchema } from "./tree-items.ts";

/** How the daemon set its executor up. */
export interface Executor {
  /** Its state directory, absolute. */
  readonly root: string;
  /** Names of runtimes; `buildkit-runc` and `runc` when absent or null. */
  readonly commandCandidates?: readonly string[] | null;
  readonly rootless?: boolean;
  readonly defaultCgroupParent?: string;
  /** `sandbox`, `no-sandbox` or a number. */
  readonly processMode?: string;
  readonly idmap?: IdMap | null;
  readonly noPivot?: boolean;
  readonly dns?: Dns | null;
  readonly oomScoreAdj?: number | bigint | null;
}

/** The arguments, and what the executor finds. */
export interface BundleRequest {
  /** Of the container; a random one when blank or absent. */
  readonly id?: string;
  readonly executor: Executor;
  readonly meta: Meta;
  /** The image: its files below `/`, and whether its reference is immutable. */
  readonly rootfs?: { readonly tree?: readonly TreeItem[] | null; readonly immutable?: boolean } | null;
  readonly mounts?: readonly StepMount[] | null;
  /** Networks by the mode that asks for them: `unset`, `host`, `none` or a number. */
  readonly networks?: { readonly [mode: string]: Network } | null;
  /** What the runtime exits with; 0 when absent. */
  readonly runtimeExit?: number;
  /** Directories that appear after the executor is set up. */
  readonly preExisting?: readonly string[] | null;
  /** Which runtimes are on PATH; both usual ones when absent or null. */
  readonly runtimesOnPath?: readonly string[] | null;
}

/** A record would take a list for an object. */
const networks: v.GenericSchema<{ readonly [mode: string]: Network }> = v.lazy((input) =>
  Array.isArray(input) ? closed({}) : v.record(networkModeSchema, networkSchema),
);

const schema = closed({
  id: v.exactOptional(text),
  executor: closed({
    root: v.pipe(text, v.regex(/^(?:\/|$)/, "Invalid path: Expected an absolute path")),
    commandCandidates: v.exactOptional(texts),
    rootless: v.exactOptional(v.boolean()),
    defaultCgroupParent: v.exactOptional(text),
    processMode: v.exactOptional(processModeSchema),
    idmap: v.exactOptional(idMapSchema),
    noPivot: v.exactOptional(v.boolean()),
    dns: v.exactOptional(dnsSchema),
    oomScoreAdj: v.exactOptional(v.nullable(goInt)),
  }),
  meta: metaSchema,
  rootfs: v.exactOptional(
    v.nullable(closed({ tree: v.exactOptional(treeSchema), immutable: v.exactOptional(v.boolean()) })),
  ),
  mounts: v.exactOptional(mountsSchema),
  networks: v.exactOptional(v.nullable(networks)),
  runtimeExit: v.exactOptional(v.pipe(v.number(), v.integer())),
  preExisting: v.exactOptional(list(text)),
  runtimesOnPath: v.exactOptional(texts),
});

true satisfies Same<BundleRequest, v.InferOutput<typeof schema>>;

/** The request as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readBundleRequest(request: Json): BundleRequest {
  return fit(schema, request, "/request");
}
