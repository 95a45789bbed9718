/** The side of a round that is done in the namespaces. Fact sheet: upstream src/runtime/linux.rs, section 11. */
import type { Json, JsonObject } from "../../json/value.ts";
import { joinPath } from "../../rust/path.ts";
import { type Host, HostError, type InsideEntry, type LaunchResult, type Namespaces } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError } from "../rust-io-error.ts";
import type { CellOptions } from "./cell-options.ts";
import { ensureIsolated } from "./ensure-isolated.ts";
import { planCell } from "./plan.ts";
import { type InsideRun, runInside } from "./run-inside.ts";
import type { BuildCellSpec, ContainerRunCommand } from "./spec.ts";
import { validateCommand } from "./validate-command.ts";
import { validateSpec } from "./validate-spec.ts";

/** What is run. */
export type Subject = { readonly spec: BuildCellSpec } | { readonly command: ContainerRunCommand };

/** What became of it. */
export interface InsideResult {
  readonly run: { readonly ok: true } | { readonly error: string };
  readonly stdout: string;
  readonly stderr?: string;
  /** Every call of `mount`, in order. */
  readonly mountCommands: readonly (readonly string[])[];
}

/** The namespaces of a host that has some. */
export function namespacesOf({ namespaces }: Host): Namespaces {
  if (namespaces === undefined) throw new Error("A round is made by a host that has namespaces");
  return namespaces;
}

/** The whole of it; takes a {@link Subject} with options, gives an {@link InsideResult}. */
export const insideEntry: InsideEntry = {
  name: "metalor/run",
  run(input, host): Json {
    const { options, ...subject } = input as unknown as Subject & { readonly options: CellOptions };
    const mountCommands: (readonly string[])[] = [];
    const written = { stdout: "", stderr: "" };
    const wrote = ({ stdout, stderr }: LaunchResult): void => {
      written.stdout += stdout;
      written.stderr += stderr;
    };
    const result = outcomeOf(() => runIsolated(withLog(host, mountCommands), subject, options, wrote));
    const stderr: JsonObject = written.stderr === "" ? {} : { stderr: written.stderr };
    return { run: result, stdout: written.stdout, ...stderr, mountCommands };
  },
};

function outcomeOf(step: () => void): JsonObject {
  try {
    step();
    return { ok: true };
  } catch (error) {
    if (error instanceof Rejection) return { error: error.message };
    throw error;
  }
}

function runIsolated(host: Host, subject: Subject, options: CellOptions, wrote: (result: LaunchResult) => void): void {
  const run = runOf(subject);
  const limited = withLimits(host, options);
  const surroundings = { env: host.process.env, inHostMountNamespace: () => sharesMounts(namespacesOf(limited)) };
  ensureIsolated(limited, surroundings, run.command);
  const { hostFiles } = options;
  runInside(limited, hostFiles === undefined ? run : { ...run, hostFiles }, wrote);
}

const unlimited = { cpuTimeSeconds: null, memoryBytes: null, maxProcesses: null };

/** A cell is checked again; a command has the network and no limits. */
function runOf(subject: Subject): InsideRun {
  if ("spec" in subject) {
    validateSpec(subject.spec);
    const { network, limits } = subject.spec;
    return { command: planCell(subject.spec), network: network === "Enabled", limits };
  }
  validateCommand(subject.command);
  return { command: subject.command, network: true, limits: unlimited };
}

function sharesMounts(namespaces: Namespaces): boolean {
  return namespaceOf(namespaces, "self") === namespaceOf(namespaces, "1");
}

function namespaceOf(namespaces: Namespaces, of: "self" | "1"): string {
  try {
    return namespaces.mountNamespace(of);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const failure = `failed to read ${joinPath("/proc", of)}/ns/mnt for container isolation check`;
    throw new Rejection("isolation-unknown", `${failure}: ${displayIoError(error)}`);
  }
}

function withLog(host: Host, log: (readonly string[])[]): Host {
  const run: Host["tools"]["run"] = (argv, options) => {
    try {
      const result = host.tools.run(argv, options);
      log.push(argv);
      return result;
    } catch (error) {
      // What could not be started was not called.
      if (!(error instanceof HostError)) log.push(argv);
      throw error;
    }
  };
  return { ...host, tools: { run } };
}

/** The caller's limits, where the options know them. */
function withLimits(host: Host, { callerHardLimits, callerLacksCapSysResource }: CellOptions): Host {
  const { namespaces } = host;
  if (callerHardLimits === undefined || namespaces === undefined) return host;
  const mayLimit: Namespaces["mayLimit"] = (resource, value) => {
    const hard = callerHardLimits[resource];
    return callerLacksCapSysResource !== true || hard === undefined || value <= hard;
  };
  return { ...host, namespaces: { ...namespaces, mayLimit } };
}
