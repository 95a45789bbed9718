/**
 * The outer half of a run: re-executes cupel once inside private pid and mount namespaces and waits. When this process
 * dies, by whatever signal, the kernel kills all that is inside (prctl(2) PR_SET_PDEATHSIG, then the namespace's pid 1).
 */
import { readlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { CupelError } from "../../../src/errors.ts";
import { closeRecord, openRecord, stateDirectory, sweep } from "./state.ts";
import { needTool } from "./tools.ts";

/** The variable by which the inner half knows where it is: JSON of {@link JailFacts}. */
export const jailVariable = "CUPEL_JAIL";

/** What the outer half tells the inner one. */
export interface JailFacts {
  readonly run: string;
  readonly work: string;
  readonly cgroups: string;
  /** The outer namespaces: the inner half refuses to go on when they are still its own. */
  readonly outside: { readonly pid: string; readonly mnt: string };
}

/** Control words the outer half writes to the inner one's standard input, one a line. */
export const interruptWord = "interrupt";

/**
 * pid 1 of the jail: a shell that waits for its only command and reaps whatever is orphaned. The last statement keeps
 * it from replacing itself by the command.
 */
const reaper = '"$@"; status=$?; exit "$status"';

/** What pid 1 of a jail is called. */
export const reaperName = "cupel-reaper";

/** The program that runs again inside: cupel itself, unless a bench brings its own. */
export const ownEntry: string = fileURLToPath(new URL("../../../bin/cupel.js", import.meta.url));

/** Runs `ENTRY ARGUMENTS` in a fresh jail; gives its exit code. Sweeps what earlier, killed runs left behind. */
export async function enterJail(entry: string, argv: readonly string[]): Promise<number> {
  const uid = process.getuid?.() ?? -1;
  const directory = stateDirectory(uid, process.env);
  sweep(directory, uid);
  const tools = { setpriv: needTool("setpriv"), unshare: needTool("unshare"), sh: needTool("sh") };
  const record = openRecord(directory, uid);
  const facts: JailFacts = {
    run: record.id,
    work: record.work,
    cgroups: record.cgroups,
    outside: { pid: readlinkSync("/proc/self/ns/pid"), mnt: readlinkSync("/proc/self/ns/mnt") },
  };
  const inner = [...selfCommand(), entry, ...argv];
  const wrapped = [
    ...["--pdeathsig", "KILL", tools.unshare, "--mount", "--pid", "--fork", "--kill-child=KILL"],
    ...["--mount-proc", "--propagation", "private", "--", tools.sh, "-c", reaper, reaperName, ...inner],
  ];
  try {
    const child = execa(tools.setpriv, wrapped, {
      env: { [jailVariable]: JSON.stringify(facts) },
      stdio: ["pipe", "inherit", "inherit"],
      buffer: false,
      reject: false,
      cleanup: false,
      detached: true, // so that Ctrl-C reaches this process alone, which then asks the inside to end
    });
    let asked: NodeJS.Signals | undefined;
    let patience: NodeJS.Timeout | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked === undefined) {
        child.stdin?.write(`${interruptWord}\n`);
        patience = setTimeout(() => killGroup(child.pid), orderlyEnd);
      } else {
        killGroup(child.pid);
      }
      asked = signal;
    };
    child.stdin?.on("error", () => {}); // the inside is gone already
    const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, onSignal);
    const result = await child;
    clearTimeout(patience);
    for (const signal of signals) process.off(signal, onSignal);
    if (asked !== undefined) return 128 + (signalNumbers[asked] ?? 0);
    if (result.exitCode !== undefined && result.exitCode < 128) return result.exitCode;
    throw new CupelError("jail-died", "The jail ended before the run did", {
      hint: `it was killed (${result.signal ?? `status ${result.exitCode}`}); no verdict can be given`,
      exit: 3,
    });
  } finally {
    closeRecord(record);
  }
}

/** How long the inside may take to end in order after an interrupt, milliseconds. */
const orderlyEnd = 15_000;

const signalNumbers: { readonly [signal: string]: number } = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** How this very program is started again: the same interpreter with the same rights. */
function selfCommand(): readonly string[] {
  return process.versions["deno"] === undefined
    ? [process.execPath, ...process.execArgv]
    : [process.execPath, "run", "-A"];
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // already gone
  }
}
