import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { lacksOf, ordinaryUser } from "../../runner/execute/as-user.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { assert, test } from "../suite.ts";
import { hostPrint } from "./host-print.ts";
import { lacking } from "./lacking.ts";
import { withReadableCheckout } from "./readable-checkout.ts";
import { ended, eventually, finish, signal, startCupel } from "./self.ts";

/** An ordinary user of this machine with subordinate ids; .ci/run makes one, and nothing else does. */
const user = readFileSync("/etc/passwd", "utf8")
  .split("\n")
  .map((line) => line.split(":")[0] ?? "")
  .find((name) => name !== "" && lacksOf(name).length === 0);
const missing =
  lacking ?? (user === undefined ? "no ordinary user with subordinate ids (useradd makes one)" : undefined);

test.executes(
  missing,
  "cells with a user namespace run as an ordinary user, and what they write is the id map's",
  async () => {
    const checks = await judge(["snix/rootless", "snix/exports"]);
    const failed = checks.filter(
      ({ verdict, known }) => verdict !== "pass" && verdict !== "skip" && known === undefined,
    );
    assert.equal(failed, []);
    const owners = checks.filter(({ id }) => id.includes("#run/ownership["));
    assert.ok(owners.some(({ verdict }) => verdict === "pass"));
    assert.ok(checks.every(({ id }) => id.endsWith("+unprivileged")));
  },
);

test.executes(missing, "a config without a user namespace is skipped with the reason", async () => {
  const checks = await judge(["obuilder/identity/non-root"], 4);
  assert.equal(
    checks.map(({ verdict, code }) => [verdict, code]),
    [["skip", "not-executable-here"]],
  );
  assert.match(checks[0]?.reason ?? "", "user namespace");
});

test.executes(missing, "a user that cannot do it is refused before anything starts, with the cure", async () => {
  for (const [name, exit, words] of [
    ["root", 2, /"root" is root/],
    ["no-such-user-here", 2, /there is no user .*\n.*useradd/],
    ["nobody", 4, /nobody" has no range in \/etc\/subuid\n.*usermod/],
  ] as const) {
    const { code, stderr } = await finish(startCupel(["run", "--as", name, "snix"]));
    assert.is(code, exit, name);
    assert.match(stderr, words);
  }
});

test.executes(missing, "an ordinary user executes cells without root, in a user namespace of its own", async () => {
  await withReadableCheckout(async (checkout) => {
    const before = hostPrint();
    const { code, stdout, stderr } = await finish(startAs(checkout, ["run", "snix/rootless", "--runtime", "runc"]));
    assert.is(code, 0, stdout + stderr);
    assert.match(stdout, /run runc +[1-9][0-9]+/);
    assert.equal(hostPrint(), before);
    assert.not.ok(existsSync(`/tmp/cupel-${ids(user ?? "").uid}`));
  });
});

test.executes(missing, "after kill -9 an ordinary user's next start leaves nothing", async () => {
  await withReadableCheckout(async (checkout) => {
    const before = hostPrint();
    const child = startAs(checkout, ["run", "snix", "--runtime", "runc", "--jobs", "1"]);
    const state = `/tmp/cupel-${ids(user ?? "").uid}`;
    await eventually(() => existsSync(state) && readdirSync(state).length > 0);
    signal(child, "SIGKILL");
    await ended(child);
    await eventually(() => runtimesOf(user ?? "").length === 0);
    await finish(startAs(checkout, ["run", "snix/rootless/bare", "--runtime", "runc"]));
    assert.not.ok(existsSync(state));
    assert.equal(hostPrint(), before);
  });
});

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

function ids(name: string): Ids {
  const { uid, gid } = ordinaryUser(name);
  return { uid, gid };
}

/** `cupel ARGUMENTS`, started by the ordinary user with nothing of root's. */
function startAs(checkout: string, args: readonly string[]): ChildProcess {
  const { uid, gid } = ids(user ?? "");
  const own = process.versions["deno"] === undefined ? [] : ["run", "-A"];
  return spawn(process.execPath, [...own, `${checkout}/bin/cupel.js`, ...args], {
    cwd: checkout,
    uid,
    gid,
    env: { PATH: process.env["PATH"], HOME: "/" },
    stdio: "pipe",
  });
}

/** Processes of the user that run cells. */
function runtimesOf(name: string): readonly string[] {
  const { uid } = ids(name);
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^[0-9]+$/.test(pid) && statSync(`/proc/${pid}`).uid === uid && existsSync(`/proc/${pid}/exe`);
    } catch {
      return false;
    }
  });
}

async function judge(patterns: readonly string[], exit = 0): Promise<readonly CheckEvent[]> {
  const argv = ["run", ...patterns, "--runtime", "runc", "--as", user ?? "", "--reporter", "ndjson"];
  const { code, stdout, stderr } = await finish(startCupel(argv));
  assert.is(code, exit, stderr);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  return events.filter((event) => event.type === "check");
}
