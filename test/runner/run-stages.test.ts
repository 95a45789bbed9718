import type { Context } from "../../runner/arguments/command.ts";
import { commonOptions, judgingOptions } from "../../runner/arguments/common-options.ts";
import { parseArguments } from "../../runner/arguments/parse-arguments.ts";
import { runStages } from "../../runner/judge/run-stages.ts";
import { loadSelection } from "../../runner/judge/selection.ts";
import type { Stage } from "../../runner/judge/stage.ts";
import type { Output } from "../../runner/terminal/terminal.ts";
import type { CellEvent, CheckEvent } from "../../src/suite/event.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { oneCase, tableFiles } from "./table.ts";

type Emit = (event: CheckEvent | CellEvent) => void;

/** Runs stages over a table of one case, as `cupel x --cases DIR ARGV... --reporter ndjson`. */
async function run(
  argv: readonly string[],
  ...stages: readonly Stage[]
): Promise<{ exit: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  let exit = -1;
  await withDirectory(tableFiles(oneCase("a")), async (cwd) => {
    const output = (write: (text: string) => void): Output => ({
      write,
      drain: () => Promise.resolve(),
      isTTY: false,
      columns: 80,
    });
    const line = ["--cases", ".", "--reporter", "ndjson", ...argv];
    const context: Context = {
      ...parseArguments(line, { ...judgingOptions, ...commonOptions }, "cupel x"),
      stdout: output((text) => {
        stdout += text;
      }),
      stderr: output((text) => {
        stderr += text;
      }),
      stdin: async function* () {},
      env: {},
      cwd,
      now: () => 0,
    };
    exit = await runStages(context, "x", loadSelection(context, []), stages);
  });
  return { exit, stdout, stderr };
}

function stage(
  checks: readonly string[],
  judge: (emit: Emit) => void | Promise<void>,
  offers: readonly string[] = [],
): Stage {
  return {
    checks,
    runtimes: [{ name: "runc", path: "/runc", version: "1" }],
    offers,
    judge: async (emit) => await judge(emit),
  };
}

const pass = (id: string): CheckEvent => ({ type: "check", id, verdict: "pass" });

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}

test("stages make one run: one start, one schedule, one end", async () => {
  const cell: CellEvent = { type: "cell", id: "a@runc+privileged", argv: [], adaptations: [], exit: 0, ms: 1 };
  const { exit, stdout } = await run(
    [],
    stage(["a#golden"], (emit) => emit(pass("a#golden"))),
    stage(["a#run/starts@runc+privileged"], (emit) => {
      emit(cell);
      emit(pass("a#run/starts@runc+privileged"));
    }),
  );
  assert.is(exit, 0);
  const events = readEvents(stdout, "out");
  assert.equal(
    events.map(({ type }) => type),
    ["start", "schedule", "check", "cell", "check", "end"],
  );
  assert.equal(events[1], { type: "schedule", checks: ["a#golden", "a#run/starts@runc+privileged"] });
});

test("a scheduled check that no stage judges is an error, never silence", async () => {
  const { exit, stdout } = await run(
    [],
    stage(["a#golden", "b#golden"], (emit) => emit(pass("a#golden"))),
  );
  assert.is(exit, 3);
  assert.match(stdout, '"id":"b#golden","verdict":"error","code":"unanswered"');
});

test("a check that nobody scheduled, or that comes twice, is a bug and ends the run", async () => {
  const unscheduled = await thrownBy(
    run(
      [],
      stage(["a"], (emit) => emit(pass("b"))),
    ),
  );
  assert.match(unscheduled.message, "never scheduled: b");
  const twice = await thrownBy(
    run(
      [],
      stage(["a"], (emit) => {
        emit(pass("a"));
        emit(pass("a"));
      }),
    ),
  );
  assert.match(twice.message, "judged twice");
  const scheduledTwice = await thrownBy(
    run(
      [],
      stage(["a"], () => {}),
      stage(["a"], () => {}),
    ),
  );
  assert.match(scheduledTwice.message, "scheduled twice: a");
});

test("what a stage offers satisfies --require", async () => {
  const both = stage(["a"], (emit) => emit(pass("a")), ["runc", "unprivileged"]);
  assert.is((await run(["--require", "runc,unprivileged"], both)).exit, 0);
  const lacking = await run(["--require", "runc", "--require", "crun"], both);
  assert.is(lacking.exit, 4);
  assert.match(lacking.stderr, "required, but not here: crun");
});

test("an unexpected failure goes before an error, and both before what is missing", async () => {
  const fail: CheckEvent = { type: "check", id: "a", verdict: "fail" };
  const error: CheckEvent = { type: "check", id: "b", verdict: "error" };
  const all = (...events: readonly CheckEvent[]): Stage =>
    stage(
      events.map(({ id }) => id),
      (emit) => {
        for (const event of events) emit(event);
      },
    );
  assert.is((await run(["--require", "crun"], all(fail, error))).exit, 1);
  assert.is((await run(["--require", "crun"], all(error, pass("c")))).exit, 3);
  assert.is((await run([], all({ type: "check", id: "s", verdict: "skip", reason: "r" }))).exit, 4);
  assert.is((await run([], all())).exit, 4);
});
