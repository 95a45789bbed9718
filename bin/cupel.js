#!/usr/bin/env node
// Starts cupel. Node reads TypeScript through load.js, in this very process, so that signals, exit codes and the process id
// are ours; Deno reads it as it is.

const isDeno = process.versions.deno !== undefined;
/** What execa needs. */
const oldest = [20, 5];
const root = decodeURIComponent(new URL("..", import.meta.url).pathname);

if (!isDeno && isOlder(process.versions.node)) {
  refuse(`cupel needs Node ${oldest.join(".")} or newer, or Deno; this is Node ${process.versions.node}`);
} else if (!hasDirectory()) {
  refuse("the working directory is gone or cannot be entered; change to another one");
} else {
  await start();
}

async function start() {
  let cli;
  try {
    cli = isDeno ? await import("../runner/cli.ts") : await (await import("./load.js")).load("runner/cli.ts");
  } catch (error) {
    if (!isMissingPackage(error)) throw error;
    refuse(`its packages are not installed; run npm ci in ${root} (${error.message.split("\n")[0]})`);
    return;
  }
  await cli.start();
}

function isOlder(version) {
  const [major, minor] = version.split(".").map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/** Whether the working directory still exists: much asks for it at once. */
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
