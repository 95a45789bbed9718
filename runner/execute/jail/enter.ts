/**
 * The outer half of a run: re-executes cupel once inside private pid and mount namespaces and waits. When this process
 * dies, by whatever signal, the kernel kills all that is inside (prctl(2) PR_SET_PDEATHSIG, then the namespace's pid 1).
 */
import { readlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { CupelError } from "../../../src/errors.ts";
import { type Caller, callerKind, jailVariable, userNamespace } from "./can-jail.ts";
import { closeRecord, openRecord, stateDirectory, sweep } from "./state.ts";
import { needTool } from "./tools.ts";

/** What the outer half tells the inner one. */
export interface JailFacts {
  readonly run: string;
  readonly work: string;
  readonly cgroups: string;
  readonly caller: Caller;
  /** The outer namespaces: the inner half refuses to go on when they are still its own. */
  readonly outside: { readonly pid: string; readonly mnt: string };
}

/** Control words the outer half writes to the inner one's standard input, one a line. */
export const interruptWord = "interrupt";

/** Added to the exit codes of the inside, so that those of setpriv, unshare and sh are not taken for them. */
const insideOffset = 64;

/** Exit code of a program whose reader went away: 128 and SIGPIPE. */
const readerGone = 141;

/**
 * pid 1 of the jail: a shell that waits for its only command and reaps whatever is orphaned. The last statement keeps
 * it from replacing itself by the command.
 */
const reaper = `"$@"; status=$?; [ "$status" -gt 63 ] || status=$((status + ${insideOffset})); exit "$status"`;

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
  // Before there is anything to leave behind: a signal from here on ends the run in order.
  const signals = catchSignals();
  const record = openRecord(directory, uid);
  const facts: JailFacts = {
    run: record.id,
    work: record.work,
    cgroups: record.cgroups,
    caller: callerKind(),
    outside: { pid: readlinkSync("/proc/self/ns/pid"), mnt: readlinkSync("/proc/self/ns/mnt") },
  };
  const inner = [...selfCommand(), entry, ...argv];
  const wrapped = [
    ...[tools.setpriv, "--pdeathsig", "KILL", tools.unshare, "--mount", "--pid", "--fork", "--kill-child=KILL"],
    ...["--mount-proc", "--propagation", "private", "--", tools.sh, "-c", reaper, reaperName, ...inner],
  ];
  // The user namespace comes first: entering one takes the death signal of a process away (prctl(2)).
  const outermost = facts.caller === "privileged" ? [] : [tools.unshare, ...needUserNamespace(), "--"];
  const [program = tools.setpriv, ...rest] = [...outermost, ...wrapped];
  try {
    const child = execa(program, rest, {
      env: { [jailVariable]: JSON.stringify(facts) },
      stdio: ["pipe", "inherit", "inherit"],
      buffer: false,
      reject: false,
      cleanup: false,
      detached: true, // so that Ctrl-C reaches this process alone, which then asks the inside to end
    });
    child.stdin?.on("error", () => {}); // the inside is gone already
    signals.deliverTo(
      () => child.stdin?.write(`${interruptWord}\n`),
      () => killGroup(child.pid),
    );
    const result = await child;
    const caught = signals.release();
    if (caught !== undefined) return 128 + (signalNumbers[caught] ?? 0);
    const code = (result.exitCode ?? 0) - insideOffset;
    if (code >= 0 && code < insideOffset) return code;
    if (result.exitCode === readerGone) return readerGone;
    throw new CupelError("jail-died", "The jail ended before the run did", {
      hint: `it was killed (${result.signal ?? `status ${result.exitCode}`}); no verdict can be given`,
      exit: 3,
    });
  } finally {
    signals.release();
    closeRecord(record);
  }
}

/** Throws {@link CupelError} where this user can have none. */
function needUserNamespace(): readonly string[] {
  const found = userNamespace();
  if ("options" in found) return found.options;
  throw new CupelError("no-jail", found.problem, { exit: 3 });
}

/** Signals that end a run: the first one asks it to end, the second, or impatience, kills it. */
interface CaughtSignals {
  /** What the first and any further signal do; one that came before is delivered now. */
  deliverTo(ask: () => void, kill: () => void): void;
  /** Gives the signals back, and the last one that came. */
  release(): NodeJS.Signals | undefined;
}

function catchSignals(): CaughtSignals {
  const names: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  let caught: NodeJS.Signals | undefined;
  let patience: NodeJS.Timeout | undefined;
  let ask = (): void => {};
  let kill = (): void => {};
  const onSignal = (signal: NodeJS.Signals): void => {
    if (caught === undefined) {
      ask();
      patience = setTimeout(() => kill(), orderlyEnd);
    } else {
      kill();
    }
    caught = signal;
  };
  for (const name of names) process.on(name, onSignal);
  return {
    deliverTo: (first, further) => {
      ask = first;
      kill = further;
      if (caught !== undefined) ask();
    },
    release: () => {
      clearTimeout(patience);
      for (const name of names) process.off(name, onSignal);
      return caught;
    },
  };
}

/** How long the inside may take to end in order after an interrupt, milliseconds. */
const orderlyEnd = 30_000;

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
