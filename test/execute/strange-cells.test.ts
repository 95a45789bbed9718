import type { CheckEvent } from "../../src/suite/event.ts";
import { assert, test } from "../suite.ts";
import { hostPrint, leftOf } from "./host-print.ts";
import { lacking } from "./lacking.ts";
import { finish, startProgram } from "./self.ts";

interface Printed {
  readonly run: string;
  readonly cells: readonly { readonly started: boolean; readonly checks: readonly CheckEvent[] }[];
}

/** The check `starts` of a cell and the others. */
interface Cell {
  readonly started: boolean;
  readonly starts: CheckEvent | undefined;
  readonly others: readonly CheckEvent[];
}

/** Executes a case with a step that misbehaves; the host must be as before. */
async function execute(step: string, timeout = 1500, id = "obuilder/network/off"): Promise<Cell> {
  const [cell] = await executeEach([step], timeout, id);
  if (cell === undefined) throw new Error("no cell was executed");
  return cell;
}

/** The same in one jail for several configs that were tampered with. */
async function executeEach(
  names: readonly string[],
  timeout = 1500,
  id = "obuilder/network/off",
): Promise<readonly Cell[]> {
  const { mounts, hostname, null: device } = hostPrint();
  const child = startProgram("test/execute/programs/strange.ts", [id, names.join(","), String(timeout)]);
  const { code, stdout, stderr } = await finish(child);
  assert.is(code, 0, stderr);
  const { run, cells } = JSON.parse(stdout) as Printed;
  assert.equal(leftOf(run), []);
  const after = hostPrint();
  assert.equal([after.mounts, after.hostname, after.null], [mounts, hostname, device]);
  return cells.map(({ started, checks: [starts, ...others] }) => {
    assert.ok(others.length > 20);
    return { started, starts, others };
  });
}

function allBlocked(others: readonly CheckEvent[]): void {
  assert.equal([...new Set(others.map(({ verdict }) => verdict))], ["skip"]);
  assert.match(others[0]?.reason ?? "", /^blocked by /);
}

for (const step of ["hangs", "ignores-term"]) {
  test.executes(
    lacking,
    `a cell that ${step.replace("-term", " SIGTERM")} is killed at its deadline, and that is an error`,
    async () => {
      const { starts, others } = await execute(step);
      assert.is(starts?.verdict, "error");
      assert.is(starts?.code, "time-out");
      allBlocked(others);
    },
  );
}

test.executes(lacking, "a cell with a terminal that hangs is killed too", async () => {
  const { starts } = await execute("hangs", 1500, "snix/rootless/bare");
  assert.is(starts?.code, "time-out");
});

test.executes(lacking, "a cell that writes without end is killed, and that is an error", async () => {
  const { starts, others } = await execute("writes-without-end", 20_000);
  assert.is(starts?.verdict, "error");
  assert.is(starts?.code, "output-cap");
  allBlocked(others);
});

test.executes(lacking, "a cell that forks without end, under a limit it has verified, is killed", async () => {
  const { starts } = await execute("forks-without-end", 3000);
  assert.is(starts?.code, "time-out", JSON.stringify(starts));
});

test.executes(lacking, "children that a cell leaves behind end with it", async () => {
  const { starts } = await execute("leaves-children");
  assert.is(starts?.verdict, "fail");
});

test.executes(lacking, "a cell that fills the work file system harms only itself, and that is no verdict", async () => {
  const { starts, others } = await execute("fills-the-disk", 20_000);
  assert.is(starts?.verdict, "error");
  assert.is(starts?.code, "no-space");
  allBlocked(others);
});

test.executes(lacking, "a cell that deletes its own root file system harms only itself", async () => {
  const { starts, others } = await execute("deletes-its-root", 20_000);
  assert.is(starts?.verdict, "fail");
  assert.match(String(starts?.seen), /exit 0, no answer from the step/);
  allBlocked(others);
});

test.executes(
  lacking,
  "a runtime that exits 0 without the step's answer fails, and nothing is inferred from silence",
  async () => {
    const { starts, others } = await execute("says-nothing");
    assert.is(starts?.verdict, "fail");
    assert.match(String(starts?.seen), /exit 0, no answer from the step/);
    allBlocked(others);
  },
);

test.executes(lacking, "answers with another nonce are no answers", async () => {
  const { starts, others } = await execute("forges-frames");
  assert.is(starts?.verdict, "fail");
  allBlocked(others);
});

test.executes(lacking, "answers that are missing are errors, each by itself", async () => {
  const { starts, others: all } = await execute("stops-halfway");
  assert.is(starts?.verdict, "fail");
  // One check asks only the host, and the empty arguments that did arrive are wrong.
  const others = all.filter(({ id }) => !id.includes("#run/host-name[host-name-of-host]"));
  assert.equal([...new Set(others.map(({ verdict, code }) => `${verdict} ${code ?? ""}`))].sort(), [
    "error unanswered",
    "fail ",
  ]);
});

test.executes(lacking, "a step that ends with another status than 0 is not a start that passes", async () => {
  const { starts } = await execute("fails");
  assert.is(starts?.verdict, "fail");
  assert.match(String(starts?.seen), /exit 3/);
});

const refused: readonly (readonly [tamper: string, pointer: string])[] = [
  ["hooks", "/hooks"],
  ["root-of-the-host", "/root/path"],
  ["climbing-root", "/root/path"],
  ["foreign-cgroup", "/linux/cgroupsPath"],
  ["climbing-cgroup", "/linux/cgroupsPath"],
  ["no-mount-namespace", "/linux/namespaces"],
  ["joins-a-namespace", "/linux/namespaces/1/path"],
  ["binds-the-host", "/mounts/0/source"],
  ["another-command", "/process/args/0"],
];

let refusals: Promise<readonly Cell[]> | undefined;

for (const [index, [tamper, pointer]] of refused.entries()) {
  test.executes(lacking, `${tamper.replaceAll("-", " ")}: refused before anything starts, with the place`, async () => {
    refusals ??= executeEach(refused.map(([name]) => name));
    const { started, starts, others = [] } = (await refusals)[index] ?? {};
    assert.is(started, false);
    assert.is(starts?.verdict, "error");
    assert.is(starts?.code, "refused-to-run");
    assert.is(starts?.at, pointer);
    allBlocked(others);
  });
}
