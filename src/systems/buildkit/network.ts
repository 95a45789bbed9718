/** What a step's network is. Fact sheet: upstream util/network. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Same } from "../same-type.ts";
import { text } from "./fields.ts";

/** A network as its provider gives it. */
export interface Network {
  /** The host's, one of its own without interfaces, or one that CNI plugins made. */
  readonly mode: "host" | "none" | "cni";
  /** Of `cni`: the namespace's file; a blank one is left out. */
  readonly netnsPath?: string;
}

const schema = closed({ mode: v.picklist(["host", "none", "cni"]), netnsPath: v.exactOptional(text) });

true satisfies Same<Network, v.InferOutput<typeof schema>>;

/** The schema of a network. */
export const networkSchema: v.GenericSchema<Network> = schema;

/** One entry of `linux.namespaces`. */
export type NamespaceEntry = { readonly type: string; readonly path?: string };

/** The network's entry of `linux.namespaces`; none for the host's. */
export function networkNamespace({ mode, netnsPath = "" }: Network): readonly NamespaceEntry[] {
  if (mode === "host") return [];
  return [mode === "none" || netnsPath === "" ? { type: "network" } : { type: "network", path: netnsPath }];
}
