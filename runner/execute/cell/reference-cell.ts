/**
 * What a runtime's own kernel says where nothing filters: the calls of a cell's rules, made in another cell of the same
 * runtime, with the same user, capabilities and namespaces, without a filter and without anything else.
 */
import { existsSync } from "node:fs";
import { printJson } from "../../../src/json/print.ts";
import { isObject, type Json, type JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { step } from "../../../src/policy/admission/command.ts";
import { admit } from "../../../src/policy/admit.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import { callsOfKernels, type HostQuestion } from "../../../src/policy/question.ts";
import { giveTo } from "../as-user.ts";
import { removeTree } from "../jail/remove-tree.ts";
import { rawCalls, whyNotMade } from "../probe/calls.ts";
import { emitSeparately, readResults } from "../probe/elf.ts";
import { launch } from "../runtime/launch.ts";
import { type CellPaths, runCommand } from "../runtime/runtime.ts";
import type { CellWorld } from "./cell-world.ts";
import { ensureDirectory, writeNew } from "./fixtures.ts";
import { forgetCell, killCell } from "./kill-cell.ts";
import { cellName, wrapped } from "./make-cell.ts";
import type { AskedQuestion, PreparedCell } from "./prepare-cell.ts";
import { answerOf } from "./sort-questions.ts";

type Call = AskedQuestion<Extract<HostQuestion, { ask: "call" }>>;

/**
 * Answers, by their lines, to those of `questions` of which only the kernel's word counts, from a cell without a filter that is
 * otherwise like that of `config`. Cells that would be the same are one. Never throws; why there was none is the answer then.
 */
export async function askReference(
  cell: PreparedCell,
  config: Json,
  questions: readonly AskedQuestion<HostQuestion>[],
  world: CellWorld,
): Promise<ReadonlyMap<string, Answer>> {
  const calls = questions.flatMap(({ line, question }): readonly Call[] =>
    question.ask === "call" && callsOfKernels.includes(question.call) ? [{ line, question }] : [],
  );
  const made = calls.filter(({ question }) => whyNotMade(process.arch, question.call, question.argument) === undefined);
  if (made.length === 0) return new Map();
  const bare = withoutAll(config);
  const key = [cell.runtime.path, printJson(bare), ...made.map(({ line }) => line)].join("\n");
  const known = world.references.get(key) ?? answersOf(cell, bare, made, world);
  world.references.set(key, known);
  return known;
}

async function answersOf(
  cell: PreparedCell,
  bare: JsonObject,
  calls: readonly Call[],
  world: CellWorld,
): Promise<ReadonlyMap<string, Answer>> {
  const at = cell.directory.lastIndexOf("/") + 1;
  // As long as the names of cells are, and another one.
  const directory = `${cell.directory.slice(0, at)}r${cell.directory.slice(at + 1)}`;
  try {
    return await run(cell, directory, bare, calls, world);
  } catch (error) {
    return new Map(calls.map(({ line }) => [line, { failed: (error as Error).message }]));
  } finally {
    removeTree(directory);
  }
}

async function run(
  cell: PreparedCell,
  directory: string,
  bare: JsonObject,
  calls: readonly Call[],
  world: CellWorld,
): Promise<ReadonlyMap<string, Answer>> {
  const name = directory.slice(directory.lastIndexOf("/") + 1);
  const hasCgroup = isObject(cell.config) && isObject(cell.config["linux"]) && "cgroupsPath" in cell.config["linux"];
  const linux = { ...(bare["linux"] as JsonObject), ...(hasCgroup ? { cgroupsPath: `${world.cgroups}/${name}` } : {}) };
  const config = { ...bare, linux };
  const [refusal] = admit(config, {
    cell: directory,
    bundle: directory,
    cgroupPrefix: world.cgroups,
    allowedSources: [],
    allowedDevices: [],
    knownFindings: cell.case.invalid ?? [],
    allow: [],
    trustCommands: false,
  });
  if (refusal !== undefined) throw new Error(`a cell without a filter is not run: ${refusal.message}`);
  const groups = calls.map(({ question }) => rawCalls(question.call, question.argument));
  for (const each of ["", "/rootfs", "/rootfs/cupel"]) ensureDirectory(`${directory}${each}`, 0o755);
  writeNew(`${directory}/rootfs${step}`, emitSeparately(groups), 0o755);
  writeNew(`${directory}/config.json`, printJson(config), 0o644);
  if (world.as !== undefined) giveTo(world.as, directory);
  const paths: CellPaths = {
    root: `${world.runtimeRoot}/${cell.runtime.profile.name}`,
    log: `${directory}/log.json`,
    bundle: directory,
    id: cellName(directory, world.cgroups),
    mounts: `${directory}/mounts`,
  };
  const { command } = wrapped(cell.runtime, runCommand(cell.runtime, config as unknown as Config, paths), world);
  const start = (): ReturnType<typeof launch> =>
    launch(
      {
        command,
        input: "",
        keepInputOpen: false,
        cwd: directory,
        canary: world.canaries.token,
        kill: (pid) => killCell(cell.runtime, paths, pid),
      },
      world.bounds,
    );
  const { stdout, exit, stderr } = await (world.slots?.within(start) ?? start());
  if (existsSync(`${paths.root}/${paths.id}`)) await forgetCell(cell.runtime, paths);
  const results = readResults(stdout);
  const count = groups.reduce((sum, { length }) => sum + length, 0);
  if (results.length !== count)
    throw new Error(`a cell without a filter did not answer: exit ${exit} ${stderr.trim()}`);
  const answers = new Map<string, Answer>();
  let at = 0;
  for (const [index, { line }] of calls.entries()) {
    const end = at + (groups[index]?.length ?? 0);
    answers.set(line, answerOf(results.slice(at, end)));
    at = end;
  }
  return answers;
}

/** What of `config` decides what a kernel says to a call without a filter; namespaces that are joined are the cell's own then. */
function withoutAll(config: Json): JsonObject {
  const { process, linux } = config as unknown as Config;
  const namespaces = (linux?.namespaces ?? []).map(({ type }) => ({ type }));
  const given = {
    ociVersion: isObject(config) ? config["ociVersion"] : undefined,
    process: {
      user: process?.user,
      args: [step],
      cwd: "/",
      capabilities: process?.capabilities,
      noNewPrivileges: process?.noNewPrivileges,
    },
    root: { path: "rootfs", readonly: true },
    linux: { namespaces, uidMappings: linux?.uidMappings, gidMappings: linux?.gidMappings },
  };
  return JSON.parse(JSON.stringify(given));
}
