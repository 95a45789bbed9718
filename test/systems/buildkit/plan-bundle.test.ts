import type { Json, JsonObject } from "../../../src/json/value.ts";
import { buildkit } from "../../../src/systems/buildkit/system.ts";
import type { PlacedBundle } from "../../../src/systems/system.ts";
import { assert, test } from "../../suite.ts";
import { step } from "./run.ts";

const place = (changes: JsonObject, options: Json = {}): PlacedBundle =>
  buildkit.bundlePlan(step({ resolvConf: "/a", hostsFile: "/b", ...changes }), options, "/cell");

test("the bundle stands beside the two shared files, and the request names them", () => {
  const { plan, request } = place({}, { hostEtcResolvConf: "nameserver 192.0.2.1\n" });
  assert.equal([plan.bundle, plan.rootfs], ["/cell/step", "/cell/step/rootfs"]);
  assert.equal(
    plan.entries.map(({ path }) => path),
    ["/cell", "/cell/resolv.conf", "/cell/hosts", "/cell/step", "/cell/step/rootfs"],
  );
  assert.is(plan.entries[1]?.content, "nameserver 192.0.2.1\n");
  const { resolvConf, hostsFile } = request as JsonObject;
  assert.equal([resolvConf, hostsFile], ["/cell/resolv.conf", "/cell/hosts"]);
});

test("a path that the request leaves blank stays blank, and its file is not made", () => {
  const { plan, request } = place({ resolvConf: "", hostsFile: "" });
  assert.is(plan.entries.length, 3);
  assert.is((request as JsonObject)["resolvConf"], "");
});

test("with a map the files belong to mapped root, and otherwise to whoever makes them", () => {
  const maps = (hostId: number) => [{ containerId: 0, hostId, size: 1 }];
  const owners = (changes: JsonObject) => place(changes).plan.entries.map(({ owner }) => owner?.uid);
  assert.equal(owners({ idmap: { uidMaps: maps(7), gidMaps: maps(8) } }), [undefined, 7, 7, undefined, 7]);
  assert.equal(owners({}), [undefined, undefined, undefined, undefined, undefined]);
});

test("a namespace explains what stands in the place of the usual one", () => {
  assert.equal(place({ containerdNamespace: "ci" }).explains, [{ before: "buildkit", after: "ci" }]);
  assert.is(place({}).explains, undefined);
});
