import { idMap } from "../../../src/policy/rules/id-map.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const mappings = [
  { containerID: 1000, hostID: 200000, size: 1 },
  { containerID: 0, hostID: 1001, size: 1 },
];
const config = configWith({ linux: { namespaces: [{ type: "user" }], uidMappings: mappings } });
const privileged = configWith({ linux: { uidMappings: mappings } });
const cell = "cell read /proc/self/uid_map";
const host = "host read /proc/self/uid_map";

test("the map is in the order of the ids inside, and follows the user namespace", () => {
  assert.equal(valueIn(idMap, config, "id-map:uid"), [
    [0, 1001, 1],
    [1000, 200000, 1],
  ]);
  assert.equal(valueIn(idMap, config, "id-map:gid"), []);
  assert.is(valueIn(idMap, privileged, "id-map:uid"), "as-on-the-host");
});

test("a map holds when the kernel shows the same ranges", () => {
  assert.is(verdict(idMap, config, "id-map:uid", { [cell]: "  1000 200000 1\n 0 1001 1\n" }), "holds");
  assert.equal(judge(idMap, config, "id-map:uid", { [cell]: "         0          0 4294967295\n" }), {
    is: "violated",
    seen: [[0, 0, 4294967295]],
  });
  assert.is(verdict(idMap, config, "id-map:uid", { [cell]: "" }), "violated");
});

test("without a user namespace the map is the host's", () => {
  const all = "         0          0 4294967295\n";
  assert.is(verdict(idMap, privileged, "id-map:uid", { [cell]: all, [host]: all }), "holds");
  assert.is(verdict(idMap, privileged, "id-map:uid", { [cell]: "0 1001 1\n", [host]: all }), "violated");
});

test("a map that is not shown tells nothing", () => {
  assert.is(verdict(idMap, config, "id-map:uid", { [cell]: missing }), "not-observable");
  assert.is(verdict(idMap, config, "id-map:uid", { [cell]: "garbage" }), "not-observable");
  assert.is(verdict(idMap, privileged, "id-map:uid", { [cell]: "0 0 1\n", [host]: missing }), "not-observable");
});

test("where a process stands for the cell on the host, its map counts", () => {
  const more = { standIns: ["uid_map"] } as const;
  const line = "host stand-in uid_map";
  assert.is(judge(idMap, config, "id-map:uid", { [line]: "  1000 200000 1\n 0 1001 1\n" }, more).is, "holds");
  assert.is(judge(idMap, config, "id-map:uid", { [line]: "0 0 4294967295\n" }, more).is, "violated");
  assert.is(judge(idMap, config, "id-map:uid", { [line]: missing }, more).is, "not-observable");
});

test("nothing is asked about a user namespace that is joined", () => {
  const joined = configWith({ linux: { namespaces: [{ type: "user", path: "/work/7/ns" }] } });
  assert.equal(asked(idMap, joined, "id-map:uid"), []);
});

test("more ids of the host within reach are weaker", () => {
  const one = [[0, 1000, 10]];
  assert.is(idMap.compare(one, [[0, 1000, 11]]), "weaker");
  assert.is(idMap.compare(one, [[0, 1000, 9]]), "stronger");
  assert.is(idMap.compare(one, [[0, 1005, 10]]), "different");
  assert.is(idMap.compare(one, [[1, 1000, 10]]), "different");
  assert.is(
    idMap.compare(one, [
      [0, 1000, 5],
      [5, 1005, 6],
    ]),
    "weaker",
  );
  assert.is(idMap.compare(one, "as-on-the-host"), "weaker");
  assert.is(idMap.compare("as-on-the-host", one), "stronger");
});
