import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { findTool, needTool } from "../../runner/execute/jail/tools.ts";
import type { JsonObject } from "../../src/json/value.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { makeOciConfig } from "../../src/systems/metalor/oci-config.ts";
import type { BuildCellSpec } from "../../src/systems/metalor/spec.ts";
import { metalor } from "../../src/systems/metalor/system.ts";
import { assert, test } from "../suite.ts";
import { hostPrint, leftOf, runOf } from "./host-print.ts";
import { lackingTools } from "./lacking.ts";
import { withReadableCheckout } from "./readable-checkout.ts";
import { ended, eventually, type Finished, finish, selfCommand, signal, startCupel, startProgram } from "./self.ts";
import { type StrangeCell, type StrangeCellOrder, strangeCells } from "./strange-cell.ts";

const lacking = lackingTools("unshare", "mount", "prlimit", "env", "setpriv");

/** An id that no user has. */
const nobody = 64_124;

interface Report {
  readonly checks: readonly CheckEvent[];
  readonly start: { readonly runtimes: readonly { readonly name: string }[] };
}

async function run(...args: readonly string[]): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { code, stdout, stderr } = await finish(startCupel(["run", ...args, "--reporter", "json"]));
  return { code, stderr, report: JSON.parse(stdout) as Report };
}

const stranger = (name: string, timeout: number): StrangeCellOrder => {
  return { name, case: "metalor/cells/offline", timeout, runtime: "unshare" };
};

const strangers = {
  "ignores-term": stranger("ignores-term", 1500),
  "leaves-children": stranger("leaves-children", 120_000),
  "another-command": stranger("another-command", 120_000),
  "forks-without-end": stranger("forks-without-end", 120_000),
};

let cells: ReturnType<typeof strangeCells<keyof typeof strangers>> | undefined;

/** Cells of metalor with a step that misbehaves: all are executed once, by the first test that wants to know. */
async function strange(name: keyof typeof strangers): Promise<StrangeCell> {
  cells ??= strangeCells(strangers);
  return (await cells)[name];
}

test.executes(
  lacking,
  "a cell in unshare that ignores signals is killed at its deadline, and that is an error",
  async () => {
    const { starts, others } = await strange("ignores-term");
    assert.equal([starts?.verdict, starts?.code], ["error", "time-out"]);
    assert.ok(others.every(({ verdict }) => verdict === "skip"));
  },
);

test.executes(lacking, "children that a cell in unshare leaves behind end with it", async () => {
  const { starts } = await strange("leaves-children");
  assert.is(starts?.verdict, "fail", JSON.stringify(starts));
});

test.executes(lacking, "a mutant's command is no command of the case's own, even of the shipped table", async () => {
  const { starts } = await strange("another-command");
  assert.equal([starts?.verdict, starts?.code, starts?.at], ["error", "refused-to-run", "/process/args/0"]);
});

test.executes(lacking, "a limit that metalor has no way to set is not reported as if it were there", async () => {
  const { starts } = await strange("forks-without-end");
  assert.equal([starts?.verdict, starts?.code], ["skip", "not-carried-out"]);
});

test.executes(lacking, "kill -9 of cupel is the end of a cell in unshare", async () => {
  const { mounts } = hostPrint();
  const child = startProgram("test/execute/programs/strange.ts", [JSON.stringify([stranger("hangs", 600_000)])]);
  const end = ended(child);
  const has = (): boolean => {
    const id = runOf(child.pid);
    return id !== undefined && hostPrint().processes.some((line) => line.includes(id) && line.includes(" --wd "));
  };
  await eventually(has);
  const id = runOf(child.pid) ?? "";
  signal(child, "SIGKILL");
  await end;
  await eventually(() => !hostPrint().processes.some((line) => line.includes(id)));
  assert.is(hostPrint().mounts, mounts);
  assert.is((await run("metalor/cells/offline", "--runtime", "unshare")).code, 0);
  assert.equal(leftOf(id), []);
});

test.executes(lacking, "a user with nothing but its own id executes them in a user namespace", async () => {
  const { mounts } = hostPrint();
  const home = mkdtempSync(`${tmpdir()}/cupel-home-`);
  chownSync(home, nobody, nobody);
  try {
    await withReadableCheckout(async (checkout) => {
      const own = process.versions["deno"] === undefined ? [] : ["run", "-A"];
      const child = spawn(
        process.execPath,
        [...own, `${checkout}/bin/cupel.js`, "run", "metalor/cells", "--reporter", "json"],
        {
          env: { PATH: process.env["PATH"], HOME: home, XDG_RUNTIME_DIR: home },
          cwd: checkout,
          uid: nobody,
          gid: nobody,
          stdio: "pipe",
        },
      );
      const { code, stdout, stderr } = await finish(child);
      assert.is(code, 0, stderr);
      const { checks } = JSON.parse(stdout) as Report;
      const cells = checks.filter(({ id }) => id.endsWith("@unshare+unprivileged"));
      assert.ok(cells.filter(({ verdict }) => verdict === "pass").length > 1000);
      const starts = cells.filter(({ id }) => id.includes("#run/starts["));
      assert.ok(starts.length > 8 && starts.every(({ verdict }) => verdict === "pass"));
    });
    assert.not(existsSync(`${home}/cupel`));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  assert.is(hostPrint().mounts, mounts);
});

/** A table of a user's with one case that runs a command of its own, which leaves a word in its workspace. */
async function withOwnTable(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(`${tmpdir()}/cupel-own-`);
  try {
    const shipped = new URL("../../cases/metalor/cells.json", import.meta.url);
    const { cases } = JSON.parse(readFileSync(shipped, "utf8")) as { cases: readonly JsonObject[] };
    const shell = cases.find(({ id }) => id === "shell");
    const { spec } = (shell?.["request"] ?? {}) as unknown as { spec: BuildCellSpec };
    const command = { cwd: "/workspace", executable: "/bin/sh", argv: ["-c", "echo ran > word"] };
    const own: BuildCellSpec = { ...spec, command, cleanup: "Never" };
    const only = { ...shell, request: { spec: own }, run: ownRun };
    const table = { system: "metalor", area: "own", why: "a test", cases: [only] };
    mkdirSync(`${directory}/cases/metalor`, { recursive: true });
    mkdirSync(`${directory}/golden/metalor/own`, { recursive: true });
    writeFileSync(`${directory}/cases/metalor/own.json`, JSON.stringify(table));
    writeFileSync(`${directory}/golden/metalor/own/shell.json`, JSON.stringify(makeOciConfig(own, {})));
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const ownRun = {
  with: {
    request: { spec: { imports: [{ source: "{{cell}}/shell", destination: "/bin/sh" }] } },
    options: { host: { capabilities: "{{capabilities}}", groups: "{{groups}}" } },
  },
};

test.executes(
  lacking,
  "a command of a user's own table runs in unshare when it is trusted, and not otherwise",
  async () => {
    await withOwnTable(async (directory) => {
      const kept = `${directory}/kept`;
      const args = ["--cases", directory, "--runtime", "unshare"];
      const refused = await run(...args);
      assert.is(refused.code, 3);
      assert.is(refused.report.checks[0]?.code, "refused-to-run");
      const trusted = await run(...args, "--trust-commands", "--keep", kept);
      assert.is(trusted.code, 0, trusted.stderr);
      assert.is(trusted.report.checks[0]?.verdict, "pass");
      const scratch = `${kept}/metalor/own/shell@unshare+privileged/bundle/host/srv/cells/a/scratch`;
      assert.is(readFileSync(`${scratch}/workspace/word`, "utf8"), "ran\n");
    });
  },
);

const runc = findTool("runc");

test.executes(
  lacking ?? lackingTools("runc"),
  "a command of a user's own never runs in another runtime, trusted or not",
  async () => {
    await withOwnTable(async (directory) => {
      const { code, report } = await run("--cases", directory, "--runtime", "runc", "--trust-commands");
      assert.is(code, 3);
      assert.is(report.checks[0]?.code, "refused-to-run");
    });
  },
);

test.executes(
  lacking,
  "where no other runtime is installed, cupel alone executes every cell of metalor, and the host is as before",
  async () => {
    const { mounts, hostname, null: device } = hostPrint();
    // In a mount namespace of its own the other runtimes are no programs.
    const others = ["runc", "crun", "runsc", "youki"].flatMap((name) => findTool(name) ?? []);
    const hide = others.map((path) => `${needTool("mount")} --bind /dev/null ${path}`).join(" && ") || "true";
    const script = `${hide} && exec "$@"`;
    const words = ["--mount", needTool("sh"), "-c", script, "sh", ...selfCommand(["--reporter", "json"])];
    const child = spawn(needTool("unshare"), words, { env: process.env, stdio: "pipe" });
    const { code, stdout, stderr }: Finished = await finish(child);
    assert.is(code, 0, stderr);
    const after = hostPrint();
    assert.equal([after.mounts, after.hostname, after.null], [mounts, hostname, device]);
    const { checks, start } = JSON.parse(stdout) as Report;
    assert.equal(
      start.runtimes.map(({ name }) => name),
      ["unshare"],
    );
    const cells = checks.filter(({ id }) => id.includes("@unshare+"));
    assert.ok(cells.filter(({ verdict }) => verdict === "pass").length > 500);
    const verdicts = new Map(checks.map(({ id, verdict }) => [id.replace("metalor/cells/", ""), verdict]));
    const where = "@unshare+privileged";
    for (const check of [
      `cache#run/exports[export:/root/.cache/.cupel-cached]${where}`,
      `exports#run/exports[export:/var/log/build.log]${where}`,
      `exports#run/exports[afterwards:{{cell}}/bundle/host/srv/cells/a/scratch]${where}`,
      `scratch-kept#run/exports[afterwards:{{cell}}/bundle/host/srv/cells/a/scratch]${where}`,
      `imports#run/writes[write:/opt/toolchain]${where}`,
      `shell#run/shell[shell:/bin/sh]${where}`,
      `limits#run/rlimits[rlimit:RLIMIT_AS]${where}`,
      `offline#run/network[network:loopback-listener]${where}`,
      `online#run/network[network:loopback-listener]${where}`,
      `rootless#run/namespaces[namespace:user]${where}`,
    ]) {
      assert.is(verdicts.get(check), "pass", check);
    }
    assert.ok(runc === undefined || existsSync(runc));
  },
);

test.executes(
  lacking,
  "a step that finds itself in the jail's own mount namespace says so and does nothing else",
  async () => {
    const { mounts, null: device } = hostPrint();
    const directory = mkdtempSync(`${tmpdir()}/cupel-broken-`);
    try {
      // An unshare that makes every namespace but the one that matters; what it mounts, it mounts in the jail.
      const broken = `#!/bin/sh\nfor word; do shift; [ "$word" = --mount ] || set -- "$@" "$word"; done\nexec ${needTool("unshare")} "$@"\n`;
      writeFileSync(`${directory}/unshare`, broken, { mode: 0o755 });
      const { code, report } = await run("metalor/cells/offline", "--runtime", `unshare=${directory}/unshare`);
      assert.is(code, 1);
      const [starts, ...others] = report.checks;
      assert.is(starts?.verdict, "pass");
      const failed = others.filter(({ verdict }) => verdict !== "skip");
      assert.equal(
        failed.map(({ id, verdict, reason }) => [id, verdict, reason]),
        [["metalor/cells/offline#run/namespaces[namespace:mount]@unshare+privileged", "fail", "escaped"]],
      );
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    const after = hostPrint();
    assert.equal([after.mounts, after.null], [mounts, device]);
  },
);

test.executes(lacking, "a remount that is forgotten is noticed in a real cell", async () => {
  const child = startCupel(["mutate", "mutants/writes/opens-imports", "--runtime", "unshare", "--reporter", "json"]);
  const { code, stdout, stderr } = await finish(child);
  assert.is(code, 0, stderr);
  const { checks } = JSON.parse(stdout) as Report;
  const killed = checks.find(({ id }) => id === "mutants/writes/opens-imports#run/killed[write:**]@unshare+privileged");
  assert.is(killed?.verdict, "pass");
  assert.match(String(killed?.seen), /^metalor\/cells\/.*#run\/writes\[/);
});

test.executes(
  lackingTools("runc", "busybox", "unshare"),
  "a bundle of metalor is staged, and runs in runc",
  async () => {
    const directory = mkdtempSync(`${tmpdir()}/cupel-bundle-`);
    try {
      const { spec } = metalor.example.request as unknown as { spec: BuildCellSpec };
      const command = { cwd: "/workspace", executable: "/bin/sh", argv: ["-ec", "echo ran > word"] };
      writeFileSync(`${directory}/request.json`, JSON.stringify({ spec: { ...spec, command } }));
      const bundle = `${directory}/bundle`;
      const made = await finish(startCupel(["generate", "metalor", `${directory}/request.json`, "--bundle", bundle]));
      assert.is(made.code, 0, made.stderr);
      // In a mount namespace of its own, as a runtime is best called by hand.
      const runtime = ["--mount", "--propagation", "private", needTool("runc"), "--root", `${directory}/state`];
      const id = `cupel-test-${process.pid}`;
      const child = spawn(needTool("unshare"), [...runtime, "run", "--bundle", bundle, id], { stdio: "pipe" });
      const { code, stderr } = await finish(child);
      assert.is(code, 0, stderr);
      assert.is(readFileSync(`${bundle}/host/srv/cells/hello/scratch/workspace/word`, "utf8"), "ran\n");
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

test.executes(lacking, "recorded rounds of metalor are repeated for real, to the letter", async () => {
  const ids = ["cell-round-trip", "cell-limits", "cell-signal", "command-exit"].map(
    (name) => `metalor/rounds-in-namespaces/${name}`,
  );
  const { mounts } = hostPrint();
  const { code, report, stderr } = await run(...ids, "--runtime", "unshare");
  assert.is(code, 0, stderr);
  assert.equal(
    report.checks.map(({ id, verdict }) => [id, verdict]).sort(),
    ids.map((id) => [`${id}#run/outcome[cell]@unshare+privileged`, "pass"]).sort(),
  );
  assert.is(hostPrint().mounts, mounts);
});
