/** From a cell to the command that is run in its root. Fact sheet: upstream src/runtime/linux.rs. */
import type { Binding, BindMount, BuildCellSpec, ContainerRunCommand } from "./spec.ts";
import { stageLayout } from "./stage-layout.ts";

/** The command of `spec`: nothing is checked, tidied or sorted; the workspace comes first, then imports, then caches. */
export function planCell(spec: BuildCellSpec): ContainerRunCommand {
  const { root, env, command, workspacePath } = spec;
  const { workspace, imports, caches } = stageLayout(spec);
  return {
    root,
    cwd: command.cwd,
    mounts: [
      { source: workspace, destination: workspacePath, readOnly: false },
      ...mountAll(imports, spec.imports, true),
      ...mountAll(caches, spec.caches, false),
    ],
    env,
    emulator: null,
    executable: command.executable,
    argv: command.argv,
  };
}

function mountAll(staged: readonly string[], bindings: readonly Binding[], readOnly: boolean): readonly BindMount[] {
  return staged.map((source, index) => ({ source, destination: bindings[index]?.destination ?? "", readOnly }));
}
