import type { Json, JsonObject } from "../../../src/json/value.ts";
import { planBundle } from "../../../src/systems/crossplane/plan-bundle.ts";
import { Misfit } from "../../../src/systems/misfit.ts";
import { assert, test } from "../../suite.ts";
import { image } from "./run.ts";

const plan = (...options: readonly JsonObject[]) => planBundle({ options }, {}, "/cell/bundle").plan;
const root = (path: Json): JsonObject => ({ kind: "rootFS", path, readonly: true });

function refused(path: string): string {
  try {
    plan(root("rootfs"), root(path));
  } catch (error) {
    if (error instanceof Misfit) return error.pointer;
    throw error;
  }
  return "planned";
}

test("the last root counts, relative to the bundle or absolute below it", () => {
  assert.is(plan().rootfs, "/cell/bundle/rootfs");
  assert.is(plan(root("a"), root("./b//c/")).rootfs, "/cell/bundle/b/c");
  assert.is(plan(root("/cell/bundle/x/")).rootfs, "/cell/bundle/x");
});

test("a root that is not below the bundle is refused, with its place", () => {
  for (const path of ["/", "/cell", "/cell/bundle", "/cell/bundles/x", "../x", "a/../b", "", "."]) {
    assert.is(refused(path), "/request/options/1/path", path);
  }
});

test("the last image's user files stand in the root, those that there are", () => {
  const entries = plan(
    image({}, { passwd: "one", group: "two" }),
    image({}, { passwd: "three", group: { errno: "EISDIR" } }),
    root("r"),
  ).entries.map(({ path, content }) => [path, content]);
  assert.equal(entries, [
    ["/cell/bundle", undefined],
    ["/cell/bundle/r", undefined],
    ["/cell/bundle/r/etc/passwd", "three"],
  ]);
});
