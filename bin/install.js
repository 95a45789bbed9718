// Makes node_modules what package-lock.json asks for, and does nothing when it already is: so that `npm start` and
// `npm test` work on a fresh clone. Needs no package itself.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
// Starting needs what cupel imports; everything else (tests, checks) needs the tools of development as well.
const forUse = process.env.npm_lifecycle_event === "prestart";

const wanted = packagesOf(`${root}package-lock.json`);
if (wanted !== undefined && !isInstalled(wanted, packagesOf(`${root}node_modules/.package-lock.json`) ?? {})) install();

/** Whether every package that is needed is there, in the version of the lock file. */
function isInstalled(wantedPackages, installedPackages) {
  return Object.entries(wantedPackages).every(([place, entry]) => {
    // The empty place is the project itself; optional packages are those of other platforms.
    if (place === "" || entry.optional || entry.devOptional || (forUse && entry.dev)) return true;
    const found = Object.hasOwn(installedPackages, place) ? installedPackages[place] : undefined;
    return found?.version === entry.version && found?.integrity === entry.integrity && existsSync(root + place);
  });
}

function install() {
  process.stderr.write("cupel: installing packages (npm ci) ...\n");
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const options = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync(command, [...first, ...options], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (done.status === 0) return;
  const said = [done.error?.message, done.stderr, done.stdout].filter(Boolean).join("\n").trim();
  // npm adds its whole usage; the reason stands first.
  process.stderr.write(`${said.split("\n").slice(0, 20).join("\n")}\ncupel: npm ci failed in ${root}\n`);
  process.exitCode = 3;
}

/** The `packages` of a lock file: place below the project to entry. Undefined when there is no such file. */
function packagesOf(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}
