import type { Json } from "../../src/json/value.ts";
import type { PlacedCase, RunPatch } from "../../src/suite/case.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { type CellPlan, type PlanFailure, planCell } from "../../src/suite/plan-cell.ts";
import { findOperation } from "../../src/systems/registry.ts";
import { snix } from "../../src/systems/snix/system.ts";
import { assert, test } from "../suite.ts";
import { placedCase } from "./placed-case.ts";
import { refused } from "./refused.ts";

const { request, options } = snix.example;
const golden = findOperation("snix", "config").run(request, options, memoryHost());
const tokens = {
  cell: "/run/cell",
  cgroup: "/cupel/run/000000",
  container: "run/000000",
  uid: 0,
  gid: 0,
  subuid: 100000,
  subgid: 100000,
  capabilities: [],
  groups: [],
};

/** The plan of the example when `patch` is put in. */
function plan(patch: RunPatch, wanted: Json = golden): CellPlan | PlanFailure {
  const c: PlacedCase = placedCase({ operation: "config", request, options, expect: "golden", run: { with: patch } });
  return planCell(c, snix, wanted, tokens, memoryHost());
}

test("a cell has its tokens filled in, and nothing else differs from the golden", () => {
  const planned = plan({ options: { sandboxShell: "{{cell}}/shell" } });
  if ("code" in planned) throw new Error(planned.message);
  assert.is(planned.config.mounts?.find(({ destination }) => destination === "/bin/sh")?.source, "/run/cell/shell");
  assert.is(planned.bundle.bundle, "/run/cell/bundle");
});

test("a golden that says something else is a failure with its place", () => {
  const wanted = { ...Object.fromEntries(Object.entries(golden as object)), hostname: "other" };
  const { message: _, ...failure } = plan({}, wanted) as PlanFailure;
  assert.equal(failure, { code: "differs-from-golden", pointer: "/hostname", promised: "other", seen: "localhost" });
});

test("what does not fit once it is put in is refused with the name of its case", () => {
  const { code, message } = refused(() => plan({ request: { workingDir: 5 } }));
  assert.is(code, "bad-case");
  assert.match(message, "snix/area/one: what run.with puts in does not fit: /request/workingDir: expected a string");
  assert.match(refused(() => plan({ request: 3 })).message, "/request: expected an object, found 3");
});

test("what the system refuses once it is put in is a failure in the system's words", () => {
  const planned = plan({ options: { host: { subuid: null, subgid: null, subuidFile: "", subgidFile: "" } } });
  assert.ok("code" in planned && planned.code === "not-executable");
  assert.match((planned as PlanFailure).message, "snix refuses the request with what run.with puts in: ");
});
