import process from "node:process";
import { hostFacts, nameOf } from "../../runner/host/facts.ts";
import { runnableFacts } from "../../runner/host/runnable-facts.ts";
import { isObject } from "../../src/json/value.ts";
import { systems } from "../../src/systems/registry.ts";
import { assert, test } from "../suite.ts";

test("a name is found by the third field of its line, and the first line counts", () => {
  const text = "root:x:0:0:root:/root:/bin/sh\n# 7\n:x:7:7\nb:x:1000:7\nc:x:1000:1\n";
  assert.is(nameOf(text, 0), "root");
  assert.is(nameOf(text, 1000), "b");
  assert.is(nameOf(text, 7), null);
  assert.is(nameOf(text, 1), null);
  assert.is(nameOf(null, 0), null);
});

test("every fact that a system asks for can be found on this machine", () => {
  for (const system of systems) {
    const facts = hostFacts(system);
    for (const name of system.hostFacts) {
      const value = name.split(".").reduce<unknown>((at, part) => (at as { [part: string]: unknown })[part], facts);
      assert.not.type(value, "undefined", name);
    }
  }
});

test("the ids are the effective ones of this process", () => {
  const { host } = hostFacts({ hostFacts: ["host.uid", "host.gid"] });
  if (!isObject(host)) throw new Error("no host");
  assert.is(host["uid"], process.geteuid?.());
  assert.is(host["gid"], process.getegid?.());
});

test("a fact nobody knows how to find is a bug", () => {
  assert.throws(() => hostFacts({ hostFacts: ["host.shoe-size"] }), "No way is known");
  assert.throws(() => hostFacts({ hostFacts: ["toString"] }), "No way is known");
});

test("root without subordinate ids gets the usual ones, and is told", () => {
  const host = { uid: 0, gid: 0, user: "root", group: "root", subuidFile: "a:1:1\n", subgidFile: null };
  const { facts, notes } = runnableFacts({ host, arches: [] });
  assert.equal(facts, {
    arches: [],
    host: { ...host, subuidFile: "root:100000:65536\na:1:1\n", subgidFile: "root:100000:65536\n" },
  });
  assert.is(notes.length, 2);
  assert.match(notes[0] ?? "", "root has no entry in /etc/subuid");
});

test("facts stay as they are for everybody else, and for a root that has its ids", () => {
  for (const host of [
    { uid: 1000, user: "a", subuidFile: null },
    { uid: 0, user: "root", subuidFile: "root:5:5\n" },
  ]) {
    assert.equal(runnableFacts({ host }), { facts: { host }, notes: [] });
  }
  assert.equal(runnableFacts({}), { facts: {}, notes: [] });
});
