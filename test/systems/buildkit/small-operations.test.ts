import type { Json } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { misfit, refusal, run } from "./run.ts";

function toHost(uid: number, uidMaps: Json, gidMaps: Json = null): Json {
  return run("idmap", { op: "toHost", idmap: { uidMaps, gidMaps }, uid, gid: 0 });
}

test("the mapped id of root counts as mapped already", () => {
  assert.equal(toHost(100, [{ containerId: 0, hostId: 100, size: 1 }]), { uid: 100, gid: 0 });
});

test("the first range that holds an id maps it; empty maps hold none, absent ones all", () => {
  const twice = [
    { containerId: 0, hostId: 10, size: 2 },
    { containerId: 1, hostId: 500, size: 5 },
  ];
  assert.equal(
    [toHost(1, twice), toHost(2, twice)],
    [
      { uid: 11, gid: 0 },
      { uid: 501, gid: 0 },
    ],
  );
  assert.is(
    refusal("idmap", { op: "toHost", idmap: { uidMaps: [], gidMaps: [] }, uid: 7, gid: 0 }),
    "Container ID 7 cannot be mapped to a host ID",
  );
  assert.equal(run("idmap", { op: "rootPair", idmap: null }), { uid: 0, gid: 0 });
});

test("sums run over as 64 bits do", () => {
  const top = 2n ** 63n - 1n;
  const maps = [{ containerId: 0, hostId: top, size: 2 }];
  assert.equal(run("idmap", { op: "toHost", idmap: { uidMaps: maps, gidMaps: null }, uid: 1, gid: 0 }), {
    uid: -(2n ** 63n),
    gid: 0,
  });
  assert.is(
    refusal("idmap", { op: "toHost", idmap: { uidMaps: [{ containerId: 2, hostId: 0, size: top }] }, uid: 3, gid: 0 }),
    "Container ID 3 cannot be mapped to a host ID",
  );
});

test("the daemon's list is looked at before what is asked, and the network before the mode", () => {
  const refused = (request: Json): string => refusal("entitlements", request);
  assert.is(refused({ allowed: ["no"], supported: ["network.host", "neither"] }), "unknown entitlement neither");
  assert.is(
    refused({ allowed: ["network.host", "no"], supported: ["security.insecure"] }),
    "granting entitlement network.host is not allowed by build daemon configuration",
  );
  assert.is(
    refused({ allowed: ["security.insecure"], supported: [] }),
    "granting entitlement security.insecure is not allowed by build daemon configuration",
  );
  assert.is(refused({ meta: { netMode: "1", securityMode: "1" } }), "network.host is not allowed");
  assert.is(refused({ allowed: ["constructor"] }), "unknown entitlement constructor");
});

test("what is granted is sorted and named once", () => {
  const allowed = ["security.insecure", "network.host", "security.insecure"];
  assert.equal(run("entitlements", { allowed }), { granted: ["network.host", "security.insecure"] });
  assert.equal(run("entitlements", {}), { granted: [] });
});

test("proxies are written twice, blank ones not at all, and PATH is added where nothing sets it", () => {
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  assert.equal(run("execMeta", { env: ["PATH", "A=1"], proxyEnv: { httpProxy: "h", noProxy: "n", ftpProxy: "" } }), [
    "PATH",
    "A=1",
    "HTTP_PROXY=h",
    "http_proxy=h",
    "NO_PROXY=n",
    "no_proxy=n",
    path,
  ]);
  assert.equal(run("execMeta", { env: ["PATH="], proxyEnv: null }), ["PATH="]);
  assert.equal(run("execMeta", {}), [path]);
  assert.is(misfit("execMeta", { proxyEnv: { allProxy: "x" } }), "/request/proxyEnv/allProxy");
});

test("the hosts file of one step goes with it, the shared one stays", () => {
  const idmap = { uidMaps: [{ hostId: 100, size: 1 }], gidMaps: [{ hostId: 200, size: 1 }] };
  const own = run("hostsFile", { extraHosts: [{ host: "h", ip: "::1" }], idmap }, { randomIds: ["abc"] });
  assert.equal(
    { ...(own as object), content: "" },
    {
      name: "hosts.abc",
      mode: "0644",
      uid: 100,
      gid: 200,
      content: "",
      existsAfterCleanup: false,
    },
  );
  assert.is((run("hostsFile", {}) as { existsAfterCleanup?: Json }).existsAfterCleanup, true);
  assert.is(misfit("hostsFile", { extraHosts: [{}] }), "/options/randomIds/0");
});

test("an unreadable resolv.conf is refused in the words of its reason", () => {
  assert.is(refusal("resolvConf", { hostContent: "x", readError: "input/output error" }), "input/output error");
});
