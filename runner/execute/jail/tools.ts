/** Finds programs once, by absolute path, and names the package that brings a missing one. */
import { accessSync, constants, statSync } from "node:fs";
import { CupelError } from "../../../src/errors.ts";

/** Where runtimes and helpers are looked for after the caller's own PATH; runc lives in sbin on Debian. */
const usualPlaces = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** What to install for a helper that is missing (Debian's names). */
const packages: { readonly [tool: string]: string } = {
  setpriv: "util-linux",
  unshare: "util-linux",
  mount: "mount",
  script: "bsdutils",
  newuidmap: "uidmap",
  newgidmap: "uidmap",
  busybox: "busybox-static",
  runc: "runc",
  crun: "crun",
  runsc: "runsc",
};

/** The minimal environment of every runtime and helper: nothing of the caller's reaches them. */
export const minimalEnvironment: { readonly PATH: string; readonly LC_ALL: string } = {
  PATH: usualPlaces.join(":"),
  LC_ALL: "C",
};

/**
 * Names the directory where crun makes a file to run its own program from, before it does anything. By itself it takes the
 * machine's /tmp, where the file stays when crun is killed.
 */
export const ownCopyVariable = "_LIBCONTAINER_STATEDIR";

/**
 * What stands before a command so that it has this environment and nothing else. For spawnSync, whose `env` Deno adds to the
 * caller's own. No name may hold an equals sign.
 */
export function exactly(env: Iterable<readonly [name: string, value: string]>): readonly string[] {
  return [needTool("env"), "-i", ...Array.from(env, ([name, value]) => `${name}=${value}`)];
}

/** Absolute path of `tool`, from the caller's PATH and then the usual places; undefined when there is none. */
export function findTool(tool: string, path: string = process.env["PATH"] ?? ""): string | undefined {
  const known = found.get(`${tool}:${path}`);
  if (known !== undefined) return known;
  for (const directory of [...path.split(":"), ...usualPlaces]) {
    if (!directory.startsWith("/")) continue;
    const candidate = `${directory}/${tool}`;
    if (!isExecutable(candidate)) continue;
    found.set(`${tool}:${path}`, candidate);
    return candidate;
  }
  return undefined;
}

/** Every cell needs some: looking each up every time would be a tenth of what a cell costs. */
const found: Map<string, string> = new Map();

/** Like {@link findTool}; throws {@link CupelError} (exit 3) with the package to install. */
export function needTool(tool: string): string {
  const path = findTool(tool);
  if (path !== undefined) return path;
  throw new CupelError("missing-tool", `${tool} is not installed`, { hint: installHint(tool), exit: 3 });
}

/** How to get the runtime `name`, as a sentence: Debian has no package of one that a user brought the profile of. */
export function runtimeHint(name: string): string {
  return Object.hasOwn(packages, name) || name === "youki"
    ? installHint(name)
    : `it is not on PATH; name it: --runtime ${name}=PATH`;
}

/** The command that installs `tool`, as a sentence. */
export function installHint(tool: string): string {
  if (tool === "youki")
    return "Debian has no package of it (docs/FINDINGS.md says how it was built); --runtime youki=/path/of/youki";
  const name = Object.hasOwn(packages, tool) ? packages[tool] : tool;
  return `install it, on Debian: apt-get install ${name}`;
}

/** Whether `path` is a regular file that may be executed. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
