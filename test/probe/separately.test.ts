import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { callsAvailable, rawCalls } from "../../runner/execute/probe/calls.ts";
import {
  type CallResult,
  emitCode,
  emitSeparately,
  type RawCall,
  readResults,
} from "../../runner/execute/probe/elf.ts";
import { thisMachine } from "../../runner/execute/probe/machine.ts";
import { emitNamed } from "../../runner/execute/probe/programs.ts";
import type { CallName } from "../../src/policy/question.ts";
import { triedCalls } from "../../src/policy/view/tried-calls.ts";
import { assert, test } from "../suite.ts";

const lacking = callsAvailable(process.arch) ? undefined : `no emitted code for ${process.arch}`;
const ended = { ended: { exit: 0 } };

/** What came of each group, in a directory that goes afterwards. */
function run(groupsIn: (directory: string) => readonly (readonly RawCall[])[]): readonly (readonly CallResult[])[] {
  const directory = mkdtempSync(`${tmpdir()}/cupel-separate-`);
  try {
    const groups = groupsIn(directory);
    writeFileSync(`${directory}/program`, emitSeparately(groups), { mode: 0o755 });
    const results = readResults(execFileSync(`${directory}/program`, { input: "" }));
    let at = 0;
    return groups.map(({ length }) => {
      at += length;
      return results.slice(at - length, at);
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const call = (name: CallName, argument?: string): readonly RawCall[] => rawCalls(name, argument);

test.executes(lacking, "what a group does to its process is nothing to the others", () => {
  const [first, second, third] = run(() => [call("chroot"), call("unshare-namespace", "user"), call("fsync")]);
  assert.ok(first?.length === 1 && second?.length === 1);
  assert.equal(third, [-9]);
});

test.executes(lacking, "a program that takes a group's place ends it, and how is told", () => {
  const results = run((directory) => {
    writeFileSync(`${directory}/own`, emitNamed("effective-user"), { mode: 0o755 });
    return [call("execute", `${directory}/own`), call("execute", `${directory}/none`), call("fsync")];
  });
  assert.equal(results, [[{ ended: { exit: (process.geteuid?.() ?? 0) & 0xff } }], [-2], [-9]]);
});

test.executes(lacking, "a process that is killed is told by its signal", () => {
  const [killed = [], next] = run((directory) => {
    writeFileSync(`${directory}/bad`, emitCode(new Uint8Array(16), thisMachine()), { mode: 0o755 }); // no instruction that can be executed
    return [call("execute", `${directory}/bad`), call("fsync")];
  });
  assert.match(JSON.stringify(killed), /^\[{"ended":{"signal":(4|11)}}\]$/);
  assert.equal(next, [-9]);
});

test.executes(lacking, "a required call that fails leaves out the rest of its group alone", () => {
  const results = run((directory) => [
    call("make-program", `${directory}/none/.cupel-program`),
    call("allocate", `4096 ${directory}/.cupel-space`),
  ]);
  const [made = [], allocated = []] = results;
  assert.equal(made, [-2, ...made.slice(1).map(() => ended)]);
  assert.equal(allocated.slice(1), [0, 0]);
});

test.executes(lacking, "a program is made, runs and is removed again; nothing is left", () => {
  const directory = mkdtempSync(`${tmpdir()}/cupel-separate-`);
  try {
    const path = `${directory}/.cupel-program`;
    const results = run(() => [call("make-program", path), call("execute", path), call("remove", path)]);
    assert.ok(results[0]?.every((result) => typeof result === "number" && result >= 0));
    assert.equal(results[1], [{ ended: { exit: (process.geteuid?.() ?? 0) & 0xff } }]);
    assert.ok(!existsSync(path));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("only files with a name of ours are made or removed", () => {
  for (const [name, argument] of [
    ["remove", "/etc/passwd"],
    ["remove", "/tmp/.cupel-x/y"],
    ["make-program", "/bin/sh"],
    ["allocate", "1 /tmp/file"],
    ["make-node", "b 7 0 /dev/disk"],
    ["make-set-uid-program", "0 /bin/su"],
  ] as const) {
    assert.throws(() => rawCalls(name, argument), /no name of ours/, name);
  }
});

test("every call to try is one we know, and no other is made", () => {
  for (const { name } of triedCalls) assert.is(rawCalls("try", name).length, 1, name);
  assert.throws(() => rawCalls("try", "reboot"), /no call to try/);
});

test.executes(
  lacking,
  "no call to try succeeds in doing anything: the kernel refuses all but two that only ask or set their own process",
  () => {
    const results = run(() => triedCalls.map(({ name }) => call("try", name)));
    const succeeded = triedCalls.filter((_, index) => Number(results[index]?.[0]) >= 0).map(({ name }) => name);
    assert.equal(succeeded, ["personality-query", "personality-fixed-addresses"]);
  },
);
