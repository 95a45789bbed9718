import { readFileSync } from "node:fs";
import { lacksOf } from "../../runner/execute/as-user.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { assert, test } from "../suite.ts";
import { lacking } from "./lacking.ts";
import { finish, startCupel } from "./self.ts";

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
  for (const [name, words] of [
    ["root", /"root" is root/],
    ["no-such-user-here", /there is no user .*\n.*useradd/],
    ["nobody", /nobody" has no range in \/etc\/subuid\n.*usermod/],
  ] as const) {
    const { code, stderr } = await finish(startCupel(["run", "--as", name, "snix"]));
    assert.is(code, 3, name);
    assert.match(stderr, words);
  }
});

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
