import type { CheckEvent } from "../../src/suite/event.ts";
import { assert, test } from "../suite.ts";
import { lacking } from "./lacking.ts";
import { type StrangeCell, type StrangeCellOrder, strangeCells } from "./strange-cell.ts";

const network = "obuilder/network/off";

/** A cell that comes to an end, however slow the machine is. */
const ends = (name: string): StrangeCellOrder => ({ name, case: network, timeout: 120_000, runtime: "runc" });

/** A cell that has none. */
const hangs = (name: string, id = network): StrangeCellOrder => ({
  name,
  case: id,
  timeout: 1500,
  runtime: "runc",
});

/** Configs that must be refused, and where. */
const refused = {
  hooks: "/hooks",
  "root-of-the-host": "/root/path",
  "climbing-root": "/root/path",
  "foreign-cgroup": "/linux/cgroupsPath",
  "climbing-cgroup": "/linux/cgroupsPath",
  "no-mount-namespace": "/linux/namespaces",
  "joins-a-namespace": "/linux/namespaces/1/path",
  "binds-the-host": "/mounts/0/source",
  "another-command": "/process/args/0",
} as const;

const orders = {
  "as-shipped": ends("as-shipped"),
  "starts-every-tool": ends("starts-every-tool"),
  hangs: hangs("hangs"),
  "ignores-term": hangs("ignores-term"),
  "hangs-with-a-terminal": hangs("hangs", "snix/rootless/bare"),
  "forks-without-end": hangs("forks-without-end"),
  "writes-without-end": ends("writes-without-end"),
  "leaves-children": ends("leaves-children"),
  "fills-the-disk": ends("fills-the-disk"),
  "deletes-its-root": ends("deletes-its-root"),
  "says-nothing": ends("says-nothing"),
  "forges-frames": ends("forges-frames"),
  "stops-halfway": ends("stops-halfway"),
  fails: ends("fails"),
  ...(Object.fromEntries(Object.keys(refused).map((name) => [name, ends(name)])) as {
    readonly [name in keyof typeof refused]: StrangeCellOrder;
  }),
};

let cells: ReturnType<typeof strangeCells<keyof typeof orders>> | undefined;

/** All of them are executed once, by the first test that wants to know. */
async function cellOf(name: keyof typeof orders): Promise<StrangeCell> {
  cells ??= strangeCells(orders);
  return (await cells)[name];
}

function allBlocked(others: readonly CheckEvent[]): void {
  assert.equal([...new Set(others.map(({ verdict }) => verdict))], ["skip"]);
  assert.match(others[0]?.reason ?? "", /^blocked by /);
}

test.executes(lacking, "a shell that has tools within answers as one that starts them", async () => {
  const [within, started] = [await cellOf("as-shipped"), await cellOf("starts-every-tool")];
  assert.is(started.starts?.verdict, "pass", JSON.stringify(started.starts));
  const verdicts = ({ others }: StrangeCell): readonly string[] => others.map(({ id, verdict }) => `${id} ${verdict}`);
  assert.equal(verdicts(within), verdicts(started));
});

for (const step of ["hangs", "ignores-term"] as const) {
  test.executes(
    lacking,
    `a cell that ${step.replace("-term", " SIGTERM")} is killed at its deadline, and that is an error`,
    async () => {
      const { starts, others } = await cellOf(step);
      assert.is(starts?.verdict, "error");
      assert.is(starts?.code, "time-out", starts?.reason);
      allBlocked(others);
    },
  );
}

test.executes(lacking, "a cell with a terminal that hangs is killed too", async () => {
  const { starts } = await cellOf("hangs-with-a-terminal");
  assert.is(starts?.code, "time-out", starts?.reason);
});

test.executes(lacking, "a cell that writes without end is killed, and that is an error", async () => {
  const { starts, others } = await cellOf("writes-without-end");
  assert.is(starts?.verdict, "error");
  assert.is(starts?.code, "output-cap");
  allBlocked(others);
});

test.executes(lacking, "a cell that forks without end, under a limit it has verified, is killed", async () => {
  const { starts } = await cellOf("forks-without-end");
  assert.is(starts?.code, "time-out", JSON.stringify(starts));
});

test.executes(lacking, "children that a cell leaves behind end with it", async () => {
  const { starts } = await cellOf("leaves-children");
  assert.is(starts?.verdict, "fail");
});

test.executes(lacking, "a cell that fills the work file system harms only itself, and that is no verdict", async () => {
  const { starts, others } = await cellOf("fills-the-disk");
  assert.is(starts?.verdict, "error");
  assert.is(starts?.code, "no-space");
  allBlocked(others);
});

test.executes(lacking, "a cell that deletes its own root file system harms only itself", async () => {
  const { starts, others } = await cellOf("deletes-its-root");
  assert.is(starts?.verdict, "fail");
  assert.match(String(starts?.seen), /exit 0, no answer from the step/);
  allBlocked(others);
});

test.executes(
  lacking,
  "a runtime that exits 0 without the step's answer fails, and nothing is inferred from silence",
  async () => {
    const { starts, others } = await cellOf("says-nothing");
    assert.is(starts?.verdict, "fail");
    assert.match(String(starts?.seen), /exit 0, no answer from the step/);
    allBlocked(others);
  },
);

test.executes(lacking, "answers with another nonce are no answers", async () => {
  const { starts, others } = await cellOf("forges-frames");
  assert.is(starts?.verdict, "fail");
  allBlocked(others);
});

test.executes(lacking, "answers that are missing are errors, each by itself", async () => {
  const { starts, others: all } = await cellOf("stops-halfway");
  assert.is(starts?.verdict, "fail");
  // One check asks only the host, and the empty arguments that did arrive are wrong.
  const others = all.filter(({ id }) => !id.includes("#run/host-name[host-name-of-host]"));
  assert.equal([...new Set(others.map(({ verdict, code }) => `${verdict} ${code ?? ""}`))].sort(), [
    "error unanswered",
    "fail ",
  ]);
});

test.executes(lacking, "a step that ends with another status than 0 is not a start that passes", async () => {
  const { starts } = await cellOf("fails");
  assert.is(starts?.verdict, "fail");
  assert.match(String(starts?.seen), /exit 3/);
});

for (const [tamper, pointer] of Object.entries(refused) as [keyof typeof refused, string][]) {
  test.executes(lacking, `${tamper.replaceAll("-", " ")}: refused before anything starts, with the place`, async () => {
    const { started, starts, others } = await cellOf(tamper);
    assert.is(started, false);
    assert.is(starts?.verdict, "error");
    assert.is(starts?.code, "refused-to-run");
    assert.is(starts?.at, pointer);
    allBlocked(others);
  });
}
