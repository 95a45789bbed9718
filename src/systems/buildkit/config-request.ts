/** The request of `config`, `lifecycle` and `selector`: the arguments of upstream's generator. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { list, text, u32 } from "./fields.ts";
import { type Directory, emptyDirectory } from "./file-tree.ts";
import { type IdMap, idMapSchema } from "./id-map.ts";
import { type Meta, metaSchema } from "./meta.ts";
import { processModeSchema } from "./modes.ts";
import { mountsSchema, type StepMount } from "./mount-request.ts";
import { type Network, networkSchema } from "./network.ts";
import { makeTree, type TreeItem, treeSchema } from "./tree-items.ts";

/** A change to the document that the caller asks for. */
export type CallerOption =
  | {
      readonly op: "uidGid";
      readonly uid?: number;
      readonly gid?: number;
      readonly additionalGids?: readonly number[] | null;
    }
  | { readonly op: "readonlyRootFS" }
  | { readonly op: "cgroupsPath"; readonly path?: string };

/** The arguments. */
export interface ConfigRequest {
  /** Of the container, unchecked; it becomes part of the cgroup path. */
  readonly id?: string;
  readonly meta: Meta;
  /** Host paths of the two files that are bound into every step. */
  readonly resolvConf?: string;
  readonly hostsFile?: string;
  /** One of its own, without interfaces, when absent. */
  readonly network?: Network;
  /** `sandbox`, `no-sandbox` or a number. */
  readonly processMode?: string;
  /** None when absent or null. */
  readonly idmap?: IdMap | null;
  readonly mounts?: readonly StepMount[] | null;
  /** In order; the last one of a kind wins. */
  readonly opts?: readonly CallerOption[] | null;
  /** Of containerd, from the caller's context; upstream's own when absent. */
  readonly containerdNamespace?: string;
  /** The files in which selectors are looked up; there are no others. */
  readonly tree?: readonly TreeItem[] | null;
}

const plainOptionSchema = v.variant("op", [
  closed({
    op: v.literal("uidGid"),
    uid: v.exactOptional(u32),
    gid: v.exactOptional(u32),
    additionalGids: v.exactOptional(list(u32)),
  }),
  closed({ op: v.literal("readonlyRootFS") }),
  closed({ op: v.literal("cgroupsPath"), path: v.exactOptional(text) }),
]);

/** Which of them it is would be looked for in a list too. */
const optionSchema: v.GenericSchema<CallerOption> = v.lazy((input) =>
  Array.isArray(input) ? closed({ op: v.never() }) : plainOptionSchema,
);

const schema = closed({
  id: v.exactOptional(text),
  meta: metaSchema,
  resolvConf: v.exactOptional(text),
  hostsFile: v.exactOptional(text),
  network: v.exactOptional(networkSchema),
  processMode: v.exactOptional(processModeSchema),
  idmap: v.exactOptional(idMapSchema),
  mounts: v.exactOptional(mountsSchema),
  opts: v.exactOptional(list(optionSchema)),
  containerdNamespace: v.exactOptional(text),
  tree: v.exactOptional(treeSchema),
});

true satisfies Same<ConfigRequest, v.InferOutput<typeof schema>>;

/** The request as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readConfigRequest(request: Json): ConfigRequest {
  return fit(schema, request, "/request");
}

/** The files of a request. Throws {@link ../misfit.ts | Misfit} for one that cannot be made. */
export function treeOf({ tree }: Pick<ConfigRequest, "tree">): Directory {
  const root = emptyDirectory();
  makeTree(root, tree ?? [], "/", "/request/tree");
  return root;
}
