import { readFileSync } from "node:fs";
import { sweep } from "../../runner/execute/jail/state.ts";
import { assert, test } from "../suite.ts";
import { hostPrint } from "./host-print.ts";
import { lacking } from "./lacking.ts";
import { ended, eventually, printed, signal, startProgram } from "./self.ts";

const program = "test/execute/programs/hold.ts";

test.executes(lacking, "an interrupted run ends in order and leaves nothing", async () => {
  const before = hostPrint();
  const child = startProgram(program);
  const end = ended(child);
  await printed(child, /inside/);
  signal(child, "SIGINT");
  const { code, stdout } = await end;
  assert.is(code, 130);
  assert.match(stdout, /ended/);
  assert.equal(hostPrint(), before);
});

test.executes(lacking, "a second interrupt ends a run that does not listen", async () => {
  const before = hostPrint();
  const child = startProgram(program);
  const end = ended(child);
  await printed(child, /inside/);
  signal(child, "SIGTERM");
  signal(child, "SIGINT");
  const { code } = await end;
  assert.ok(code === 143 || code === 130, `exit ${code}`);
  assert.equal(hostPrint(), before);
});

test.executes(
  lacking,
  "after kill -9 only a record and cgroups are left, and the next sweep removes them",
  async () => {
    const before = hostPrint();
    const child = startProgram(program);
    const end = ended(child);
    await printed(child, /inside/);
    signal(child, "SIGKILL");
    await end;
    await eventually(() => hostPrint().processes.length === before.processes.length);
    const after = hostPrint();
    assert.is(after.mounts, before.mounts);
    assert.ok(after.cgroups.length > before.cgroups.length, "the cgroups are still there");
    assert.equal(sweep("/run/cupel-0", 0).length, 1);
    assert.equal(hostPrint(), before);
  },
);

test.executes(lacking, "a run that is alive is not swept", async () => {
  const child = startProgram(program);
  const end = ended(child);
  await printed(child, /inside/);
  assert.equal(sweep("/run/cupel-0", 0), []);
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
