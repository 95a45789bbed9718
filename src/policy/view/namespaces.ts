/** Which namespaces a config makes, shares or joins. */
import type { Config } from "../../oci/config.ts";

/** A namespace of its own, the runtime's own, or the one at a path. */
export type NamespaceMode = "private" | "shared" | { readonly joined: string };

/** How the config treats namespace `type`; the first entry counts where it is named twice. Config: `linux.namespaces`. */
export function namespaceMode(config: Config, type: string): NamespaceMode {
  const namespace = config.linux?.namespaces?.find((each) => each.type === type);
  if (namespace === undefined) return "shared";
  return namespace.path === undefined ? "private" : { joined: namespace.path };
}

/** JSON pointer to the entry of namespace `type`, or to the list that lacks it. */
export function namespacePointer(config: Config, type: string): string {
  const index = config.linux?.namespaces?.findIndex((each) => each.type === type) ?? -1;
  return index < 0 ? "/linux/namespaces" : `/linux/namespaces/${index}`;
}
