#!/usr/bin/env node
// Starts cupel. Node reads TypeScript through tsx, registered in this very process, so that signals, exit codes and the
// process id are ours; Deno reads it as it is.

import module from "node:module";

const oldest = 20;
const root = decodeURIComponent(new URL("..", import.meta.url).pathname);

if (process.versions.deno === undefined && Number.parseInt(process.versions.node, 10) < oldest) {
  refuse(`cupel needs Node ${oldest} or newer, or Deno; this is Node ${process.versions.node}`);
} else if (!hasDirectory()) {
  refuse("the working directory is gone or cannot be entered; change to another one");
} else {
  await start();
}

async function start() {
  let cli;
  try {
    if (process.versions.deno === undefined) {
      const { register } = await import("tsx/esm/api");
      // Without this tsx obeys the tsconfig.json of the working directory, which is somebody else's.
      register({ tsconfig: false });
      // CUPEL_SOURCE_MAPS=1 leaves them in: stack traces then name the lines of our files.
      const leavesMaps = (process.env.CUPEL_SOURCE_MAPS ?? "") !== "";
      // A Node without registerHooks asks its hooks in another thread, once for every import of every file.
      if (module.registerHooks === undefined) {
        if (!leavesMaps) module.register("./plain-imports.js", import.meta.url);
      } else if (!leavesMaps) {
        const { withoutMap } = await import("./plain-imports.js");
        module.registerHooks({ load: (url, context, next) => withoutMap(url, next(url, context)) });
      }
    }
    cli = await import("../runner/cli.ts");
  } catch (error) {
    if (!isMissingPackage(error)) throw error;
    refuse(`its packages are not installed; run npm ci in ${root} (${error.message.split("\n")[0]})`);
    return;
  }
  await cli.start();
}

/** Whether the working directory still exists: tsx and much else asks for it at once. */
function hasDirectory() {
  try {
    return process.cwd() !== "";
  } catch {
    return false;
  }
}

/** Whether a package is not there; a missing file of our own is a bug and keeps its stack. */
function isMissingPackage(error) {
  if (!(error instanceof Error)) return false;
  return /Cannot find (?:package|module '[^./])|Could not (?:find|resolve) .*(?:npm|node_modules|package)/.test(
    error.message,
  );
}

function refuse(message) {
  process.stderr.write(`cupel: ${message}\n`);
  process.exitCode = 3;
}
