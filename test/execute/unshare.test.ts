import { spawn } from "node:child_process";
import {
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { findTool, needTool } from "../../runner/execute/jail/tools.ts";
import { mountList } from "../../runner/execute/runtime/unshare/mount-list.ts";
import { sequenceScript, unshareCommand } from "../../runner/execute/runtime/unshare/unshare-command.ts";
import type { Config } from "../../src/oci/config.ts";
import { assert, test } from "../suite.ts";
import { hostPrint } from "./host-print.ts";
import { lackingTools } from "./lacking.ts";
import { type Finished, finish } from "./self.ts";

const lacking = lackingTools("unshare", "mount", "prlimit", "env", "setpriv", "busybox");

/** A bundle with a busybox, and what its cell shows of itself. */
interface Bundle {
  readonly directory: string;
  readonly root: string;
}

async function withBundle(owner: number, work: (bundle: Bundle) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(`${tmpdir()}/cupel-unshare-`);
  const root = `${directory}/root`;
  try {
    for (const path of [root, `${root}/bin`, `${directory}/in`, `${directory}/out`]) mkdirSync(path);
    copyFileSync(findTool("busybox") ?? "", `${root}/bin/busybox`);
    symlinkSync("busybox", `${root}/bin/sh`);
    writeFileSync(`${directory}/in/file`, "from outside\n");
    copyFileSync(sequenceScript, `${directory}/sequence.sh`); // the checkout may be closed to others
    for (const path of ["", "/root", "/root/bin", "/in", "/out"]) chownSync(directory + path, owner, owner);
    await work({ directory, root });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function configOf({ directory }: Bundle, script: string, more: Partial<Config> = {}): Config {
  return {
    ociVersion: "1.0.2",
    root: { path: "root" },
    mounts: [
      { destination: "/workspace", type: "bind", source: `${directory}/out`, options: ["bind"] },
      { destination: "/opt/a b/in", type: "bind", source: "in", options: ["bind", "ro"] },
      { destination: "/proc", type: "proc", source: "proc" },
      { destination: "/dev/null", type: "bind", source: "/dev/null", options: ["bind"] },
    ],
    process: {
      cwd: "/workspace",
      args: ["/bin/sh", "-c", script],
      env: ["PATH=/bin", "A=with blank"],
      rlimits: [{ type: "RLIMIT_NPROC", soft: 100, hard: 200 }],
    },
    linux: { namespaces: [{ type: "pid" }, { type: "mount" }, { type: "uts" }, { type: "ipc" }, { type: "network" }] },
    ...more,
  };
}

/** Runs the cell; `before` stands in front of the runtime's command. */
function run(bundle: Bundle, config: Config, before: readonly string[] = []): Promise<Finished> {
  const list = `${bundle.directory}/mounts`;
  writeFileSync(list, mountList(config, bundle.directory));
  const words = unshareCommand(needTool("unshare"), config, bundle.root, list);
  const own = words.map((word) => (word === sequenceScript ? `${bundle.directory}/sequence.sh` : word));
  const [file = "", ...args] = [...before, ...own];
  return finish(
    spawn(file, args, { cwd: "/", env: { SECRET: "of the caller", PATH: "/usr/bin:/bin" }, stdio: "pipe" }),
  );
}

const tell = `
  busybox env | busybox grep -v -e ^PWD -e ^SHLVL -e ^OLDPWD; busybox pwd; busybox cat "/opt/a b/in/file"
  busybox touch "/opt/a b/in/new" 2>/dev/null || echo read-only
  busybox touch made; echo "process $$"
  busybox grep -e 'Max processes' /proc/self/limits | busybox tr -s ' '
  busybox cut -s -d: -f1 /proc/net/dev | busybox tr -d ' '; exit 7`;

const told = [
  ...["PATH=/bin", "A=with blank", "/workspace", "from outside", "read-only", "process 1"],
  ...["Max processes 100 200 processes ", "lo", ""],
];

/** Sorted, since nothing says in which order a shell prints its variables. */
function same(stdout: string): void {
  assert.equal(stdout.split("\n").sort(), told.toSorted());
}

test.executes(
  lacking,
  "a cell has its mounts, environment, directory and limits, and hands on its status",
  async () => {
    const { mounts, null: device } = hostPrint();
    await withBundle(0, async (bundle) => {
      const { code, stdout, stderr } = await run(bundle, configOf(bundle, tell));
      assert.is(code, 7, stderr);
      same(stdout);
      assert.is(readFileSync(`${bundle.directory}/out/made`, "utf8"), "");
    });
    const after = hostPrint();
    assert.equal([after.mounts, after.null], [mounts, device]);
  },
);

test.executes(lacking, "another user runs the same cell in a user namespace", async () => {
  const user = 64_123;
  const { mounts } = hostPrint();
  await withBundle(user, async (bundle) => {
    const own = configOf(bundle, `${tell.replace("; exit 7", "")}; busybox id -u; busybox cat /proc/self/uid_map`);
    const config: Config = { ...own, linux: { namespaces: [{ type: "user" }, ...(own.linux?.namespaces ?? [])] } };
    const as = [needTool("setpriv"), `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
    const { code, stdout, stderr } = await run(bundle, config, as);
    assert.is(code, 0, stderr);
    const lines = stdout.trimEnd().split("\n");
    assert.is(lines.at(-1)?.trim().replace(/ +/g, " "), `0 ${user} 1`);
    assert.is(lines.at(-2), "0");
    same(`${lines.slice(0, -2).join("\n")}\n`);
  });
  assert.is(hostPrint().mounts, mounts);
});

test.executes(lacking, "an end of the runtime is the end of the cell, whatever the cell ignores", async () => {
  await withBundle(0, async (bundle) => {
    const list = `${bundle.directory}/mounts`;
    const config = configOf(bundle, "trap '' TERM INT HUP; echo ready; while :; do busybox sleep 1; done");
    writeFileSync(list, mountList(config, bundle.directory));
    const [file = "", ...args] = unshareCommand(needTool("unshare"), config, bundle.root, list);
    const child = spawn(file, args, { env: {}, stdio: "pipe" });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const closed = new Promise((resolve) => child.stdout.once("close", resolve));
    child.kill("SIGKILL");
    await closed; // nobody holds the stream any more
  });
});

test.executes(lacking, "a link where a mount is to go is not followed", async () => {
  await withBundle(0, async (bundle) => {
    symlinkSync(bundle.directory, `${bundle.root}/workspace`);
    const { code, stdout, stderr } = await run(bundle, configOf(bundle, "echo ran"));
    assert.is(code, 125);
    assert.is(stdout, "");
    assert.match(stderr, /traverses a symlink/);
  });
});

test.executes(lacking, "what cannot be mounted stops the cell before its command", async () => {
  await withBundle(0, async (bundle) => {
    const none = { destination: "/x", type: "bind", source: "/nothing/there", options: ["bind"] };
    const { code, stdout, stderr } = await run(bundle, configOf(bundle, "echo ran", { mounts: [none] }));
    assert.equal([code, stdout], [125, ""]);
    assert.match(stderr, /missing bind mount source \/nothing\/there/);
  });
});
