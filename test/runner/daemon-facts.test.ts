import { lackingCapabilities } from "../../runner/execute/runtime/lacking-capabilities.ts";
import { freeLoopDevice, goArchitecture, inUserNamespace, seccompSupported } from "../../runner/host/daemon-facts.ts";
import { hostFacts } from "../../runner/host/facts.ts";
import { boundingSet } from "../../runner/host/process-status.ts";
import { capabilityNumbers } from "../../src/oci/vocabulary.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { buildkit } from "../../src/systems/buildkit/system.ts";
import { assert, test } from "../suite.ts";

const all = Object.keys(capabilityNumbers);
const granting = (names: readonly string[], ...namespaces: readonly string[]) => ({
  ociVersion: "1.0.2",
  process: { cwd: "/", capabilities: { permitted: names } },
  linux: { namespaces: namespaces.map((type) => ({ type })) },
});

test("what a daemon finds out has the types that its options have", () => {
  assert.match(goArchitecture(), /^[a-z0-9]+$/);
  assert.not(goArchitecture() === "x64");
  assert.type(seccompSupported(), "boolean");
  assert.type(inUserNamespace(), "boolean");
  const loop = freeLoopDevice();
  assert.ok(loop === null || Number.isSafeInteger(loop));
  const { request } = buildkit.example;
  buildkit.operations["config"]?.run(request, hostFacts(buildkit), memoryHost());
});

test("a config that grants what was taken from us is named with what it is", () => {
  const own = boundingSet();
  const taken = all.filter((name) => !own.includes(name));
  const reason = lackingCapabilities(granting(all));
  assert.is(reason === undefined, taken.length === 0);
  for (const name of taken) assert.match(reason ?? "", name);
});

test("a new user namespace has them all again, and a name that no kernel has is nobody's", () => {
  assert.is(lackingCapabilities(granting(all, "user")), undefined);
  assert.is(lackingCapabilities(granting(["CAP_BOGUS", ...boundingSet()])), undefined);
  assert.is(lackingCapabilities({ ociVersion: "1.0.2" }), undefined);
});
