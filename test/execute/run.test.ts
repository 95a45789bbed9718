import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { findTool } from "../../runner/execute/jail/tools.ts";
import { assert, test } from "../suite.ts";
import { hasCell, hostPrint, innerHalf, leftOf, runOf } from "./host-print.ts";
import { lacking, lackingTools } from "./lacking.ts";
import { ended, eventually, type Finished, finish, signal, startCupel } from "./self.ts";

const run = (...args: readonly string[]): Promise<Finished> => finish(startCupel(["run", ...args]));

/** So many cells that a run is still in the middle of them, whenever it is looked at. */
const many = ["obuilder", "snix", "--runtime", "runc", "--jobs", "1"];

interface Report {
  readonly checks: readonly { id: string; verdict: string; reason?: string; seen?: unknown }[];
  readonly end: { readonly counts: { readonly pass: number } };
}

test.executes(lacking, "after kill -9 in the middle of a run one more start leaves nothing of it", async () => {
  const { mounts, hostname, null: device } = hostPrint();
  const child = startCupel(["run", ...many]);
  const end = ended(child);
  await eventually(() => hasCell(child.pid));
  const id = runOf(child.pid) ?? "";
  signal(child, "SIGKILL");
  assert.is((await end).signal, "SIGKILL");
  await eventually(() => !hostPrint().processes.some((line) => line.includes(id)));
  assert.is(hostPrint().mounts, mounts);
  assert.is((await run("obuilder/network/off")).code, 0);
  assert.equal(leftOf(id), []);
  const after = hostPrint();
  assert.equal([after.mounts, after.hostname, after.null], [mounts, hostname, device]);
});

test.executes(lacking, "kill -9 of the half of cupel that is in the jail is an error, and leaves nothing", async () => {
  const child = startCupel(["run", ...many]);
  const end = ended(child);
  await eventually(() => hasCell(child.pid));
  const id = runOf(child.pid) ?? "";
  process.kill(innerHalf(id), "SIGKILL");
  const { code, stderr } = await end;
  assert.is(code, 3);
  assert.match(stderr, "The jail ended before the run did");
  assert.equal(leftOf(id), []);
});

test.executes(lacking, "an interrupted run says so, reports what it owes as errors, and leaves nothing", async () => {
  const child = startCupel(["run", ...many, "--reporter", "json"]);
  const end = ended(child);
  await eventually(() => hasCell(child.pid));
  const id = runOf(child.pid) ?? "";
  signal(child, "SIGINT");
  const { code, stdout } = await end;
  assert.is(code, 130);
  assert.ok((JSON.parse(stdout) as Report).checks.some(({ verdict }) => verdict === "error"));
  assert.equal(leftOf(id), []);
});

test.executes(lacking, "two runs at the same time do not disturb each other", async () => {
  const both = await Promise.all([run("obuilder/network"), run("obuilder/network")]);
  assert.equal(
    both.map(({ code }) => code),
    [0, 0],
  );
});

test.executes(lacking, "known failures are failures without the baseline", async () => {
  const { code, stdout } = await run("obuilder/network/off", "--no-baseline", "--reporter", "json");
  assert.is(code, 1);
  const failed = (JSON.parse(stdout) as Report).checks.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  assert.ok(failed.includes("obuilder/network/off#run/environment-extra[environment-names]@runc+privileged"));
});

test.executes(lacking, "a baseline entry whose check passes is stale and red", async () => {
  const directory = mkdtempSync(`${tmpdir()}/cupel-stale-`);
  try {
    const entry = { check: "obuilder/network/off#run/identity[uid]@runc+*", kind: "runtime-bug", reason: "it is none" };
    writeFileSync(`${directory}/b.json`, JSON.stringify({ entries: [entry] }));
    const { code, stdout } = await run("obuilder/network/off", "--baseline", `${directory}/b.json`);
    assert.is(code, 1);
    assert.match(stdout, /stale/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test.executes(lacking, "a path that is no runtime is refused in one sentence", async () => {
  for (const [path, exit, said] of [
    ["/no/such/runc", 2, "there is no file /no/such/runc"],
    ["/bin/true", 3, "does not behave like runc"],
    ["/etc", 2, "/etc is not an executable file"],
  ] as const) {
    const { code, stderr } = await run("obuilder/network/off", "--runtime", `runc=${path}`);
    assert.is(code, exit, stderr);
    assert.match(stderr, said);
    assert.not.match(stderr, /\n {4}at /);
  }
});

test.executes(lacking, "a runtime that hides what the step says of itself gets errors, not skips", async () => {
  const directory = mkdtempSync(`${tmpdir()}/cupel-dumb-`);
  try {
    const masks = '"maskedPaths": ["/proc/1/status", "/proc/1/mountinfo",';
    const script = `#!/bin/sh
case " $* " in *" run "*) sed -i 's#"maskedPaths": \\[#${masks}#' config.json ;; esac
exec ${findTool("runc")} "$@"
`;
    writeFileSync(`${directory}/runc`, script, { mode: 0o755 });
    const { code, stdout } = await run(
      "obuilder/network/off",
      "--runtime",
      `runc=${directory}/runc`,
      "--reporter",
      "json",
    );
    assert.is.not(code, 0);
    const { checks } = JSON.parse(stdout) as Report;
    const of = (rule: string): readonly string[] =>
      checks.filter(({ id }) => id.includes(`#run/${rule}[`)).map(({ verdict }) => verdict);
    assert.equal([...new Set(of("capabilities"))], ["error"]);
    assert.equal([...new Set(of("mounts"))], ["error"]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test.executes(lackingTools("runc", "crun"), "the same cells are compared on two runtimes", async () => {
  const argv = ["compare", "obuilder/network", "--runtime", "runc", "--runtime", "crun", "--json"];
  const { code, stdout, stderr } = await finish(startCupel(argv));
  assert.is(code, 0, stderr);
  const { sides, alike, statements } = JSON.parse(stdout) as { sides: string[]; alike: number; statements: number };
  assert.equal(
    sides.map((side) => side.split(" ")[0]),
    ["runc", "crun"],
  );
  assert.ok(alike > 100 && alike <= statements, `${alike} of ${statements}`);
});

test.executes(lackingTools("runc"), "one runtime alone is nothing to compare", async () => {
  const { code, stderr } = await finish(startCupel(["compare", "obuilder/network", "--runtime", "runc"]));
  assert.is(code, 4);
  assert.match(stderr, "a comparison needs two runtimes");
});
