/** Which operations yield config.json. */
import { configOperation } from "../systems/main-operation.ts";
import { systems } from "../systems/registry.ts";

/** The name of the operation of `system` that yields config.json; `config` for a name that no system has. */
export function configOperationOf(system: string): string {
  return configOperation(systems.find(({ name }) => name === system) ?? {});
}

/** Whether what a case asks for is a config.json. */
export function yieldsConfig({ system, operation }: { readonly system: string; readonly operation: string }): boolean {
  return operation === configOperationOf(system);
}
