/** From a prepared cell to a directory on disk and the command that starts it. */
import type { Json } from "../../../src/json/value.ts";
import type { Tree } from "../../../src/suite/case.ts";
import type { CellPlan } from "../../../src/suite/plan-cell.ts";
import { fillTokens } from "../../../src/suite/substitute.ts";
import { callsAvailable, rawCalls } from "../probe/calls.ts";
import { emitProgram } from "../probe/elf.ts";
import { questionFile } from "../probe/protocol.ts";
import { type CellPaths, runCommand } from "../runtime/runtime.ts";
import { withTerminal } from "../runtime/terminal.ts";
import type { CellWorld } from "./cell-world.ts";
import type { PreparedCell } from "./prepare-cell.ts";
import { type Sorted, sortQuestions } from "./sort-questions.ts";
import { stageCell } from "./stage.ts";

/** A cell whose directory is made: what starts it. */
export interface MadeCell {
  readonly paths: CellPaths;
  /** The runtime's own command line. */
  readonly command: readonly string[];
  /** The same with whatever has to stand around it. */
  readonly launched: readonly string[];
  readonly terminal: boolean;
  readonly questions: Sorted;
  readonly callsAsked: boolean;
}

/** Makes the directory of `cell` with `config` in its bundle. Throws what the file system says. */
export function makeCell(cell: PreparedCell, plan: CellPlan, config: Json, world: CellWorld): MadeCell {
  const questions = sortQuestions(cell);
  const calls = callsAvailable(process.arch) ? questions.calls : [];
  const fixtures = fillTokens((cell.case.run?.fixtures ?? []) as unknown as Json, { cell: cell.directory });
  stageCell({
    directory: cell.directory,
    bundle: plan.bundle,
    fixtures: fixtures as unknown as Tree,
    config,
    toolbox: world.toolbox,
    step: world.step,
    probe: {
      questions: questionFile(questions.numbered, calls.length > 0),
      token: world.canaries.token,
      jail: world.jailMounts,
      ...(calls.length === 0
        ? {}
        : { calls: emitProgram(calls.flatMap(({ question }) => rawCalls(question.call, question.argument))) }),
    },
  });
  const paths: CellPaths = {
    root: `${world.runtimeRoot}/${cell.runtime.profile.name}`,
    log: `${cell.directory}/log.json`,
    bundle: plan.bundle.bundle,
    id: cellName(cell.directory),
  };
  const terminal = plan.config.process?.terminal === true;
  const command = runCommand(cell.runtime, plan.config, paths);
  const launched = terminal ? withTerminal(command, `${cell.directory}/typescript`) : command;
  return { paths, command, launched, terminal, questions, callsAsked: calls.length > 0 };
}

/** Container ids are of one fixed length, since some runtimes take prefixes of them. */
function cellName(directory: string): string {
  return `cupel-${directory.slice(directory.lastIndexOf("/") + 1).padStart(6, "0")}`;
}
