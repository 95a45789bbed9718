/** How every system is asked. */
import { askBuildkit } from "./ask-buildkit.ts";
import { askCrossplane } from "./ask-crossplane.ts";
import { askMetalor } from "./ask-metalor.ts";
import { askObuilder } from "./ask-obuilder.ts";
import { askSnix } from "./ask-snix.ts";
import type { Mapping } from "./mapping.ts";

const mappings: readonly Mapping[] = [askSnix, askObuilder, askBuildkit, askCrossplane, askMetalor];

/** How the system of this name is asked. Throws what is a bug when there is no mapping for it. */
export function mappingOf(system: string): Mapping {
  const mapping = mappings.find((each) => each.system === system);
  if (mapping === undefined) throw new Error(`no intent can be put to ${system}`);
  return mapping;
}
