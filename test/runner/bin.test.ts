import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";

const bin = fileURLToPath(new URL("../../bin/", import.meta.url));
const isDeno = process.versions["deno"] !== undefined;
const nothing = "no answer";

interface Setup {
  /** Another program than the one that runs this test. */
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
  /** What is done with the process once it runs. */
  readonly meanwhile?: (child: ChildProcess) => void;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a script of bin/ with the program that runs this test. */
function start(
  script: string,
  argv: readonly string[],
  { cwd = "/", env = {}, meanwhile, program }: Setup = {},
): Promise<Ended> {
  const arguments_ = [...(isDeno ? ["run", "-A"] : []), script, ...argv];
  const child = spawn(program ?? process.execPath, arguments_, { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part: Uint8Array) => {
    stdout += part.toString();
  });
  child.stderr.on("data", (part: Uint8Array) => {
    stderr += part.toString();
  });
  // A child that has ended does not read its input any more.
  child.stdin.on("error", () => {});
  if (meanwhile === undefined) child.stdin.end();
  else meanwhile(child);
  return new Promise((resolve) => {
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

test("bin/cupel.js runs from any directory, whatever tsconfig.json stands there", async () => {
  await withDirectory({ "tsconfig.json": "{ not json", "package.json": "{}" }, async (cwd) => {
    const { status, stdout, stderr } = await start(`${bin}cupel.js`, ["--version"], { cwd });
    assert.is(stderr, "");
    assert.match(stdout, /^cupel \d/);
    assert.is(status, 0);
  });
});

test("the exit code of the command is that of the process", async () => {
  const { status, stderr } = await start(`${bin}cupel.js`, ["chekc"]);
  assert.is(status, 2);
  assert.match(stderr, "did you mean cupel check?");
});

test("a reader that goes away ends the process without a word", async () => {
  const { status, stderr } = await start(`${bin}cupel.js`, ["list", "--json"], {
    meanwhile: (child) => {
      child.stdin?.end();
      child.stdout?.destroy();
    },
  });
  assert.is(stderr, "");
  assert.is(status, 141);
});

// Deno's spawn meddles with the arguments of a shell that starts Deno.
if (!isDeno) {
  test("without a working directory cupel says so in one line", async () => {
    await withDirectory({}, async (cwd) => {
      const gone = 'd=$(mktemp -d ./XXXXXX) && cd "$d" && rmdir "../$d" && exec "$0" "$1" check';
      const argv = [gone, process.execPath, `${bin}cupel.js`];
      const { status, stderr } = await start("-c", argv, { cwd, program: "/bin/sh" });
      assert.is(status, 3);
      assert.match(stderr, /^cupel: the working directory is gone [^\n]*\n$/);
    });
  });

  test("an output that cannot be written is one line and exit 3; a complaint that cannot be made changes nothing", async () => {
    const full = (redirect: string, word: string): Promise<Ended> =>
      start("-c", [`exec "$0" "$1" ${word} ${redirect}`, process.execPath, `${bin}cupel.js`], { program: "/bin/sh" });
    const lost = await full("> /dev/full", "list");
    assert.is(lost.status, 3);
    assert.is(lost.stderr, "cupel: cannot write standard output: no space is left on the device\n");
    assert.is((await full("2> /dev/full", "nosuch")).status, 2);
  });
}

test("serve answers at once, and ends after shutdown though its input stays open", async () => {
  const messages = ['{"jsonrpc":"2.0","id":1,"method":"nope"}', '{"jsonrpc":"2.0","id":2,"method":"shutdown"}'];
  const { status, stdout } = await start(`${bin}cupel.js`, ["serve"], {
    meanwhile: (child) => {
      child.stdin?.write(`${messages[0]}\n`);
      child.stdout?.once("data", () => child.stdin?.write(`${messages[1]}\n`));
    },
  });
  assert.is(status, 0);
  assert.is(stdout.split("\n").length, 3);
});

test("without its packages cupel says in one line what to do", async () => {
  await withDirectory({ "runner/cli.ts": 'import "a-package-that-is-not-there";' }, async (directory) => {
    mkdirSync(join(directory, "bin"));
    for (const name of ["cupel.js", "load.js", "kept.js", "bundle.js"]) {
      copyFileSync(`${bin}${name}`, join(directory, "bin", name));
    }
    const dependencies = { "a-package-that-is-not-there": "1" };
    writeFileSync(join(directory, "package.json"), JSON.stringify({ type: "module", dependencies }));
    const { status, stdout, stderr } = await start(join(directory, "bin/cupel.js"), []);
    assert.is(status, 3);
    assert.is(stdout, "");
    assert.match(stderr, /^cupel: its packages are not installed; run npm ci in /);
    assert.is(stderr.trimEnd().split("\n").length, 1);
  });
});

const lock = JSON.stringify({
  packages: {
    "": { name: "x" },
    "node_modules/used": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/tool": { version: "2.0.0", integrity: "sha512-b", dev: true },
    "node_modules/other-platform": { version: "3.0.0", optional: true },
  },
});
const used = '"node_modules/used":{"version":"1.0.0","integrity":"sha512-a"}';
const tool = '"node_modules/tool":{"version":"2.0.0","integrity":"sha512-b","dev":true}';
const npm =
  'import fs from "node:fs"; fs.writeFileSync("asked", process.argv.slice(2).join(" ")); process.exit(+process.env.NPM_STATUS);';

interface Installed {
  readonly status: number | null;
  readonly stderr: string;
  /** Arguments of npm. */
  readonly asked: string;
}

/** Runs bin/install.js with a stand-in for npm, in a project with these installed packages and directories. */
async function install(
  hidden: string | undefined,
  present: readonly string[],
  event: string,
  npmStatus = 0,
): Promise<Installed> {
  let installed: Installed | undefined;
  const modules = Object.fromEntries(present.map((name) => [`node_modules/${name}/package.json`, "{}"]));
  const files = { ...modules, ...(hidden === undefined ? {} : { "node_modules/.package-lock.json": hidden }) };
  await withDirectory({ ...files, "package-lock.json": lock, "npm.mjs": npm }, async (directory) => {
    mkdirSync(join(directory, "bin"));
    writeFileSync(join(directory, "package.json"), '{"type":"module"}');
    copyFileSync(`${bin}install.js`, join(directory, "bin/install.js"));
    const env = { npm_execpath: join(directory, "npm.mjs"), npm_lifecycle_event: event, NPM_STATUS: String(npmStatus) };
    const { status, stderr } = await start(join(directory, "bin/install.js"), [], { env });
    installed = { status, stderr, asked: askedOf(join(directory, "asked")) };
  });
  if (installed === undefined) throw new Error(nothing);
  return installed;
}

function askedOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return nothing;
  }
}

// bin/install.js is for npm, which runs it with Node.
if (!isDeno) {
  test("packages are installed on a fresh clone, with one line of progress", async () => {
    const { status, stderr, asked } = await install(undefined, [], "pretest");
    assert.is(status, 0);
    assert.is(stderr, "cupel: installing packages (npm ci) ...\n");
    assert.match(asked, /^ci --include=dev /);
  });

  test("nothing is done, and nothing said, when all packages are there", async () => {
    for (const event of ["pretest", "prestart"]) {
      const { status, stderr, asked } = await install(`{"packages":{${used},${tool}}}`, ["used", "tool"], event);
      assert.equal({ status, stderr, asked }, { status: 0, stderr: "", asked: nothing });
    }
  });

  test("packages of production are enough to start, and too few to test", async () => {
    const hidden = `{"packages":{${used}}}`;
    assert.is((await install(hidden, ["used"], "prestart")).asked, nothing);
    assert.match((await install(hidden, ["used"], "pretest")).asked, "ci");
  });

  test("packages of an older lock file, or whose directories are gone, are installed anew", async () => {
    const older = `{"packages":{${used.replace("1.0.0", "0.9.0")},${tool}}}`;
    assert.match((await install(older, ["used", "tool"], "pretest")).asked, "ci");
    assert.match((await install(`{"packages":{${used},${tool}}}`, ["used"], "pretest")).asked, "ci");
    assert.match((await install("{ broken", ["used", "tool"], "pretest")).asked, "ci");
  });

  test("an installation that fails is told and fails", async () => {
    const { status, stderr } = await install(undefined, [], "prestart", 1);
    assert.is(status, 3);
    assert.match(stderr, "cupel: npm ci failed in ");
  });
}
