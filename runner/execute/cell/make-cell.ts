/** From a prepared cell to a directory on disk and the command that starts it. */
import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Tree } from "../../../src/suite/case.ts";
import type { CellPlan } from "../../../src/suite/plan-cell.ts";
import { fillTokens } from "../../../src/suite/substitute.ts";
import { asUser, giveTo } from "../as-user.ts";
import { emitSeparately } from "../probe/elf.ts";
import { questionFile } from "../probe/protocol.ts";
import { type CellPaths, type Runtime, runCommand } from "../runtime/runtime.ts";
import { withTerminal } from "../runtime/terminal.ts";
import { mountList } from "../runtime/unshare/mount-list.ts";
import { wrapCommand } from "../runtime/wraps.ts";
import type { CellWorld } from "./cell-world.ts";
import { writeNew } from "./fixtures.ts";
import type { PreparedCell } from "./prepare-cell.ts";
import { isCounted, madeCalls, type Sorted, sortQuestions } from "./sort-questions.ts";
import { stageCell } from "./stage.ts";

/** A cell whose directory is made: what starts it. */
export interface MadeCell {
  readonly paths: CellPaths;
  /** The runtime's command line. */
  readonly command: readonly string[];
  /** What that needed on this machine, one sentence each. */
  readonly adaptations: readonly string[];
  /** The same with the terminal around it, where the config asks for one. */
  readonly launched: readonly string[];
  readonly terminal: boolean;
  readonly questions: Sorted;
  /** Those of its raw calls that this machine has. */
  readonly calls: Sorted["calls"];
}

/** Makes the directory of `cell` with `config` in its bundle. Throws what the file system says. */
export function makeCell(cell: PreparedCell, plan: CellPlan, config: Json, world: CellWorld): MadeCell {
  const questions = sortQuestions(cell);
  const calls = madeCalls(questions.calls);
  const fixtures = fillTokens((cell.case.run?.fixtures ?? []) as unknown as Json, { cell: cell.directory });
  stageCell({
    directory: cell.directory,
    bundle: plan.bundle,
    request: plan.request,
    fixtures: fixtures as unknown as Tree,
    config,
    toolbox: world.toolbox,
    step: world.step,
    probe: {
      questions: questionFile(questions.numbered, calls.length > 0),
      token: world.canaries.token,
      jail: world.jail,
      ...(calls.length === 0 ? {} : { calls: emitSeparately(calls.map(({ made }) => made)) }),
      hold: isCounted(questions),
    },
  });
  const paths: CellPaths = {
    root: `${world.runtimeRoot}/${cell.runtime.profile.name}`,
    log: `${cell.directory}/log.json`,
    bundle: plan.bundle.bundle,
    id: cellName(cell.directory, world.cgroups),
    mounts: `${cell.directory}/mounts`,
  };
  const terminal = plan.config.process?.terminal === true;
  // What the runtime gets to read, and so how it is called, is the config that may have been tampered with.
  const given = config as unknown as Config;
  const own = runCommand(cell.runtime, given, paths);
  if (cell.runtime.profile.kind === "unshare") writeNew(paths.mounts, mountList(given, paths.bundle), 0o644);
  const { as } = world;
  if (as !== undefined) giveTo(as, cell.directory);
  const { command, adaptations } = wrapped(cell.runtime, own, world);
  const launched = terminal
    ? wrapped(cell.runtime, withTerminal(own, `${cell.directory}/typescript`), world).command
    : command;
  return { paths, command, adaptations, launched, terminal, questions, calls };
}

/** `words` as they are started in `world`: as its user, and in what `runtime` needs around it on this machine. */
export function wrapped(
  { profile }: Runtime,
  words: readonly string[],
  { as, runtimeRoot }: CellWorld,
): ReturnType<typeof wrapCommand> {
  return wrapCommand(profile.wraps, as === undefined ? words : asUser(as, words), `${runtimeRoot}/empty`);
}

/**
 * Container ids are of one fixed length, since some runtimes take prefixes of them, and hold the run's own id: a runtime may
 * use them as names that the whole machine shares.
 */
export function cellName(directory: string, cgroups: string): string {
  const [run, cell] = [cgroups, directory].map((path) => path.slice(path.lastIndexOf("/") + 1));
  return `cupel-${run}-${cell}`;
}
