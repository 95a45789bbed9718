import { existsSync, readFileSync } from "node:fs";
import { readEvents } from "../../src/suite/read-events.ts";
import { programCommand } from "../adapters/check-with.ts";
import { withDirectory } from "../runner/directory.ts";
import { assert, test } from "../suite.ts";
import { lacking } from "./lacking.ts";
import { ended, eventually, finish, signal, startCupel } from "./self.ts";

const cell = "obuilder/network/off";
const run = (command: string): readonly string[] => {
  return ["run", cell, "--runtime", "runc", "--adapter", command, "--adapter-timeout", "300", "--reporter", "ndjson"];
};

test.executes(lacking, "what an adapter generates is executed, and judged as our own configs are", async () => {
  const { code, stdout, stderr } = await finish(startCupel(run(programCommand("panics"))));
  assert.is(code, 0, stderr);
  const events = readEvents(stdout, "the report");
  const [start] = events;
  assert.is(start?.type === "start" ? start.implementation?.name : undefined, "cupel");
  assert.ok(events.filter((event) => event.type === "check" && event.verdict === "pass").length > 50);
});

test.executes(lacking, "a config that differs from the golden is a failure, and is not executed", async () => {
  const { code, stdout } = await finish(startCupel(run(programCommand("drops-a-namespace"))));
  assert.is(code, 1);
  const checks = readEvents(stdout, "the report").filter((event) => event.type === "check");
  assert.equal(
    checks.map(({ id, verdict, code: word }) => `${id} ${verdict} ${word}`),
    [`${cell}#run/starts[cell]@runc+privileged fail differs-from-golden`],
  );
});

test.executes(lacking, "what is not implemented is skipped, and a dead adapter is an error", async () => {
  const none = await finish(startCupel(run(programCommand("knows-one-operation"))));
  assert.is(none.code, 4);
  assert.match(none.stdout, "does not have the system obuilder");
  const dead = await finish(startCupel(run(programCommand("dies"))));
  assert.is(dead.code, 3);
  assert.match(dead.stdout, '"code":"adapter-died"');
  assert.match(dead.stdout, "panicked at src/oci.rs:7");
});

test.executes(lacking, "an interrupt ends a run whose adapter never answers, and the adapter with it", async () => {
  await withDirectory({}, async (directory) => {
    const file = `${directory}/started`;
    const child = startCupel(
      run(`trap '' INT TERM; cut -d' ' -f22 /proc/self/stat > '${file}'; while :; do sleep 602; done`),
    );
    const end = ended(child);
    await eventually(() => existsSync(file) && readFileSync(file, "utf8") !== "");
    signal(child, "SIGINT");
    assert.is((await end).code, 130);
  });
});
