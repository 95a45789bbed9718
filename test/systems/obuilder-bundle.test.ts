import { atPointer } from "../../src/json/pointer.ts";
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { obuilder } from "../../src/systems/obuilder/system.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import { assert, test } from "../suite.ts";

const { request, options } = obuilder.example;

/** The value of an operation for the example with `changes`. */
function run(operation: string, changes: JsonObject, settings: Json = planned): Json {
  const found = obuilder.operations[operation];
  if (found === undefined || !isObject(request)) throw new Error(`no operation ${operation}`);
  return found.run({ ...request, ...changes }, settings, memoryHost());
}

const { plan, options: planned } = obuilder.bundlePlan(request, options, "/work");

test("the plan says what the sandbox makes, parents first, and leaves caches to the caller", () => {
  assert.equal(plan, {
    bundle: "/work/run",
    rootfs: "/work/result/rootfs",
    entries: [
      { path: "/work/run", type: "dir", mode: 0o700 },
      { path: "/work/run/hosts", type: "file", content: "127.0.0.1 localhost builder" },
      { path: "/work/run/secret-0", type: "file", content: "s3cret" },
      { path: "/work/result", type: "dir" },
      { path: "/work/result/rootfs", type: "dir" },
    ],
    inputs: [],
    outputs: [],
  });
});

test("the planned options serve config and bundle, which agree on the document", () => {
  const config = run("config", {});
  assert.equal(atPointer(run("bundle", {}), "/files/0/json"), config);
  assert.is(atPointer(config, "/root/path"), plan.rootfs);
  assert.is(atPointer(config, "/mounts/7/source"), "/work/run/hosts");
});

test("who is not root starts runc with sudo", () => {
  assert.ok(isObject(planned));
  const bundle = run("bundle", {}, { ...planned, runningAsRoot: false, id: "12" });
  assert.equal(atPointer(bundle, "/argv"), ["sudo", "--", "runc", "--root", "/work/state", "run", "12"]);
});

test("the hosts file says builder even if the host name differs", () => {
  assert.is(atPointer(run("bundle", { hostname: "other" }), "/files/1/content"), "127.0.0.1 localhost builder");
});

test("a bundle is refused as its config is, before there is anything on disk", () => {
  assert.throws(
    () => run("bundle", { network: ["none"] }),
    (error: unknown) => error instanceof Rejection && error.message === 'Unsupported network configuration ["none"]',
  );
});
