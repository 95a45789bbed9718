/** The options that say how cells are executed, read once for every command that executes. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Context } from "../arguments/command.ts";
import type { Flags, Options } from "../arguments/option.ts";
import { positive } from "../arguments/positive.ts";
import { usageError } from "../arguments/usage-error.ts";
import { shippedRoot } from "../load/data-root.ts";
import { loadProfiles, profilesAtHand } from "../load/load-profiles.ts";
import { type OrdinaryUser, ordinaryUser } from "./as-user.ts";
import { jailVariable } from "./jail/can-jail.ts";
import { findTool } from "./jail/tools.ts";
import type { RunRequest } from "./run-request.ts";

/** For commands that execute cells. */
export const executingOptions: Options = {
  runtime: {
    type: "list",
    value: "NAME[=PATH]",
    help: "execute with this runtime; PATH when it is not on PATH; may be repeated",
  },
  profile: {
    type: "list",
    value: "FILE",
    help: "the profile of a runtime of yours (docs/FORMATS.md), which --runtime can then name; may be repeated",
  },
  jobs: { type: "value", short: "j", value: "N", help: "cells at a time (default: twice the processors)" },
  timeout: { type: "value", value: "SECONDS", help: "how long one cell may take (default: 60)" },
  as: {
    type: "value",
    value: "USER",
    help: "execute as this ordinary user (needs root): only cells with a user namespace",
  },
  "trust-commands": {
    type: "switch",
    help: "let the cases of --cases run commands of their own, as root, in the runtime unshare",
  },
};

/** The runtimes that `--runtime` names, or all we know. Throws CupelError for an unknown name. */
export function wantedRuntimes({ flags, cwd }: Pick<Context, "flags" | "cwd">): RunRequest["runtimes"] {
  const given = flags.list("runtime");
  // A program that a table brings along is started only when somebody names it.
  if (given.length === 0) {
    const all = loadProfiles(shippedRoot, flags.list("profile"), cwd);
    return all
      .filter(({ name, optional }) => optional !== true || findTool(name) !== undefined)
      .map((profile) => ({ profile }));
  }
  const profiles = profilesAtHand({ flags, cwd });
  return given.map((text) => {
    const [name = "", path] = text.split(/=(.*)/s);
    const profile = profiles.find((each) => each.name === name);
    if (profile === undefined) {
      const known = profiles.map((each) => each.name).join(", ");
      const hint = `the profiles are ${known}; --profile FILE brings another, and PATH another program: --runtime runc=PATH`;
      throw usageError(`--runtime ${text}: there is no profile for "${name}"`, hint);
    }
    if (path === "")
      throw usageError(`--runtime ${text}: the path is empty`, `for example --runtime ${name}=/usr/sbin/${name}`);
    return path === undefined ? { profile, named: true } : { profile, path: resolve(cwd, path), named: true };
  });
}

/** One report has one place for what a runtime shows, so two of one name would get in each other's way. */
function refuseTwins(runtimes: RunRequest["runtimes"]): void {
  const names = runtimes.map(({ profile }) => profile.name);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin === undefined) return;
  const hint = `cupel compare takes two of one name: --runtime ${twin}=/old/${twin} --runtime ${twin}=/new/${twin}`;
  throw usageError(`--runtime ${twin} was given twice`, hint);
}

/** The same runtimes, where the second of one name is called `NAME-2`: check ids know runtimes by their names alone. */
function tellTwinsApart(runtimes: RunRequest["runtimes"]): RunRequest["runtimes"] {
  const taken = new Set(runtimes.map(({ profile }) => profile.name));
  const seen = new Set<string>();
  return runtimes.map((each) => {
    const { name } = each.profile;
    if (!seen.has(name)) {
      seen.add(name);
      return each;
    }
    let count = 2;
    while (taken.has(`${name}-${count}`)) count += 1;
    const own = `${name}-${count}`;
    taken.add(own);
    return { ...each, profile: { ...each.profile, name: own }, program: name };
  });
}

/**
 * Runtimes, jobs and time limit of an execution. `mayHaveTwins`: one runtime may be named several times.
 * Throws CupelError for what makes no sense, and `unsuitable-user` for a user who cannot execute cells.
 */
export function wantedExecution(
  context: Pick<Context, "flags" | "cwd">,
  mayHaveTwins = false,
): {
  readonly runtimes: RunRequest["runtimes"];
  readonly jobs: number;
  readonly timeout: number;
  readonly trustCommands: boolean;
  readonly as?: OrdinaryUser;
} {
  const runtimes = wantedRuntimes(context);
  if (!mayHaveTwins) refuseTwins(runtimes);
  return {
    runtimes: mayHaveTwins ? tellTwinsApart(runtimes) : runtimes,
    jobs: wantedJobs(context.flags),
    timeout: wantedTimeout(context.flags),
    trustCommands: context.flags.has("trust-commands"),
    ...wantedUser(context.flags),
  };
}

function wantedUser(flags: Flags): { readonly as?: OrdinaryUser } {
  const name = flags.value("as");
  if (name === undefined) return {};
  if (process.getuid?.() !== 0 && process.env[jailVariable] === undefined) {
    throw usageError(
      "only root can execute cells as another user",
      "leave --as out: cells are then executed as yourself",
    );
  }
  return { as: ordinaryUser(name) };
}

/** `--jobs`, a positive whole number. */
function wantedJobs(flags: Flags): number {
  return (
    positive(flags, "jobs", "a whole number from 1 to 1024", (n) => Number.isInteger(n) && n <= 1024) ??
    2 * availableParallelism()
  );
}

/** `--timeout` in milliseconds. */
function wantedTimeout(flags: Flags): number {
  return (positive(flags, "timeout", "seconds, more than 0 and at most 86400", (n) => n <= 86_400) ?? 60) * 1000;
}
