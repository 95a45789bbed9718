/** The inner half of a run: makes sure that it really is in a jail of its own, then mounts the work file system there. */
import { closeSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { dirname } from "node:path";
import { execa } from "execa";
import { CupelError } from "../../../src/errors.ts";
import { jailVariable } from "./can-jail.ts";
import { enterJail, interruptWord, type JailFacts, ownEntry, reaperName } from "./enter.ts";
import { minimalEnvironment, needTool } from "./tools.ts";

/** The jail as the code inside it sees it. */
export interface Jail extends JailFacts {
  /** Aborted when the run is to end early. */
  readonly interrupted: AbortSignal;
}

/** Milliseconds that handles of abandoned processes may keep this one alive after its work. */
const lastPatience = 10_000;

/** Bytes; every cell's files and outputs live in memory, below this cap. */
const workSize = "768m";

/**
 * Does `work` inside a jail and gives its exit code: at once when this process is the inner half already, else by
 * running the same command line again in a fresh one. Throws {@link CupelError}.
 */
export async function withinJail(work: (jail: Jail) => Promise<number>, entry: string = ownEntry): Promise<number> {
  const text = process.env[jailVariable];
  if (text === undefined) return await enterJail(entry, process.argv.slice(2));
  const jail = await takeJail(text);
  try {
    return await work(jail);
  } finally {
    process.stdin.pause(); // Deno stays alive for a control channel that is still read
    // A runtime that nobody could end must not keep the verdicts waiting: the jail ends with this process.
    setTimeout(() => process.exit(), lastPatience).unref();
  }
}

/** Takes possession of the jail that `text` describes, and mounts the work file system. */
async function takeJail(text: string): Promise<Jail> {
  delete process.env[jailVariable];
  const facts = readFacts(text);
  makeSure(facts);
  closeForeignDescriptors();
  process.umask(0o022);
  // Over the whole state directory: nobody but its owner could pass through that one, and cells may run as another user.
  const state = dirname(dirname(facts.work));
  const mounted = await execa(
    needTool("mount"),
    ["-t", "tmpfs", "-o", `size=${workSize},mode=0711,nr_inodes=200k`, "cupel", state],
    { env: minimalEnvironment, extendEnv: false, reject: false, stdin: "pipe" },
  );
  if (mounted.failed) {
    throw new CupelError("no-work-directory", `Cannot mount the work file system: ${mounted.stderr}`, {
      hint: "cupel run needs root with CAP_SYS_ADMIN in a namespace that may mount tmpfs",
      exit: 3,
    });
  }
  mkdirSync(facts.work, { recursive: true, mode: 0o711 });
  return { ...facts, interrupted: watchControl() };
}

function readFacts(text: string): JailFacts {
  try {
    const { run, work, cgroups, caller, outside } = JSON.parse(text) as JailFacts;
    if ([run, work, cgroups, caller, outside.pid, outside.mnt].every((fact) => typeof fact === "string")) {
      return { run, work, cgroups, caller, outside };
    }
  } catch {
    // not ours
  }
  throw notJailed([`${jailVariable} is not what cupel sets`]);
}

/** What the caller's shell left open is nothing that a runtime may inherit; our own descriptors close on exec. */
function closeForeignDescriptors(): void {
  for (const name of readdirSync("/proc/self/fd")) {
    const descriptor = Number(name);
    if (descriptor <= 2) continue;
    try {
      const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, "utf8"))?.[1];
      if (flags !== undefined && (Number.parseInt(flags, 8) & 0o2000000) === 0) closeSync(descriptor);
    } catch {
      // the listing's own descriptor, gone already
    }
  }
}

/**
 * Nothing goes on outside a jail, whatever the environment claims: the namespaces are not the caller's, our reaper is
 * pid 1, and no mount made here can be seen outside. Throws {@link CupelError} `not-jailed`.
 */
function makeSure(facts: JailFacts): void {
  const doubts = [
    readlinkSync("/proc/self/ns/pid") === facts.outside.pid && "the pid namespace is the caller's",
    readlinkSync("/proc/self/ns/mnt") === facts.outside.mnt && "the mount namespace is the caller's",
    (process.ppid !== 1 || !readFileSync("/proc/1/cmdline", "utf8").includes(reaperName)) && "pid 1 is not our reaper",
    / shared:/.test(readFileSync("/proc/self/mountinfo", "utf8")) && "mounts are shared with the caller",
    !/^\/[^ ]*\/run-[0-9a-f]{12}-[0-9-]+\/work$/.test(facts.work) && "the work directory is not ours",
    !/^\/cupel\/[0-9a-f]{12}$/.test(facts.cgroups) && "the cgroup is not ours",
    !["privileged", "unprivileged"].includes(facts.caller) && "the caller is neither privileged nor unprivileged",
  ].filter((doubt) => doubt !== false);
  if (doubts.length > 0) throw notJailed(doubts);
}

function notJailed(doubts: readonly string[]): CupelError {
  return new CupelError("not-jailed", `This process is not in a jail of its own: ${doubts.join(", ")}`, {
    hint: `unset ${jailVariable} and start cupel again`,
    exit: 3,
  });
}

/** Standard input is the outer half's control channel; its end means that the outer half is gone. */
function watchControl(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text: string) => {
    if (text.includes(interruptWord)) stop();
  });
  process.stdin.on("end", stop);
  process.stdin.on("error", stop);
  process.stdin.unref?.();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  return controller.signal;
}
