import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { sweep } from "../../runner/execute/jail/state.ts";
import { assert, test } from "../suite.ts";
import { hostPrint, leftOf } from "./host-print.ts";
import { lacking } from "./lacking.ts";
import { ended, eventually, type Finished, printed, signal, startProgram } from "./self.ts";

const program = "test/execute/programs/hold.ts";

/** Starts the program, and gives its run's id once it is inside its jail. */
async function hold(): Promise<{ child: ChildProcess; end: Promise<Finished>; id: string }> {
  const child = startProgram(program);
  const end = ended(child);
  const text = await printed(child, /inside/);
  return { child, end, id: /inside ([0-9a-f]+)/.exec(text)?.[1] ?? "" };
}

test.executes(lacking, "an interrupted run ends in order and leaves nothing", async () => {
  const { mounts } = hostPrint();
  const { child, end, id } = await hold();
  signal(child, "SIGINT");
  const { code, stdout } = await end;
  assert.is(code, 130);
  assert.match(stdout, /ended/);
  assert.equal(leftOf(id), []);
  assert.is(hostPrint().mounts, mounts);
});

test.executes(lacking, "a second interrupt ends a run at once and leaves nothing", async () => {
  const { child, end, id } = await hold();
  signal(child, "SIGTERM");
  signal(child, "SIGINT");
  const { code } = await end;
  assert.ok(code === 143 || code === 130, `exit ${code}`);
  assert.equal(leftOf(id), []);
});

test.executes(
  lacking,
  "after kill -9 only a record and cgroups are left, and the next sweep removes them",
  async () => {
    const { mounts } = hostPrint();
    const { child, end, id } = await hold();
    signal(child, "SIGKILL");
    await end;
    await eventually(() => !hostPrint().processes.some((line) => line.includes(id)));
    assert.is(hostPrint().mounts, mounts);
    assert.ok(
      leftOf(id).some((place) => place.startsWith("/sys/fs/cgroup/")),
      "the cgroups are still there",
    );
    assert.ok(sweep("/run/cupel-0", 0).includes(id));
    assert.equal(leftOf(id), []);
  },
);

test.executes(lacking, "a run that is alive is not swept", async () => {
  const { child, end, id } = await hold();
  assert.not(sweep("/run/cupel-0", 0).includes(id));
  signal(child, "SIGINT");
  assert.is((await end).code, 130);
});

test.executes(lacking, "a forged environment does not make the host a jail", async () => {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8");
  const facts = { run: "x", work: "/run/run-000000000000-1-1-1/work", cgroups: "/x", outside: { pid: "", mnt: "" } };
  const child = startProgram(program, [], { CUPEL_JAIL: JSON.stringify(facts) });
  const { code, stderr } = await ended(child);
  assert.is.not(code, 0);
  assert.match(stderr, /not in a jail of its own/);
  assert.is(readFileSync("/proc/self/mountinfo", "utf8"), mounts);
});
