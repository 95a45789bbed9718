import { atPointer } from "../../../src/json/pointer.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { bind, misfit, mount, refusal, run } from "./run.ts";

const root = "/srv/bk";

function request({
  executor = {},
  meta = {},
  ...more
}: {
  readonly [key: string]: JsonObject | Json;
} = {}): JsonObject {
  return {
    id: "b1",
    executor: { root, ...(executor as JsonObject) },
    meta: { args: ["/bin/true"], cwd: "/", ...(meta as JsonObject) },
    networks: { unset: { mode: "host" } },
    ...more,
  };
}

function bundleAt(pointer: string, changes: Parameters<typeof request>[0], options: JsonObject = {}): Json | undefined {
  return atPointer(run("bundle", request(changes), options), pointer);
}

function refused(changes: Parameters<typeof request>[0], options: JsonObject = {}): string {
  return refusal("bundle", request(changes), options);
}

test("an id is a name in the state directory: what is there already, or has no parent, is refused", () => {
  assert.is(refused({ id: "hosts" }), "mkdir /srv/bk/hosts: file exists");
  assert.is(refused({ id: ".." }), "mkdir /srv: file exists");
  assert.is(refused({ id: "a/b" }), "mkdir /srv/bk/a/b: no such file or directory");
  assert.is(refused({ id: "hosts/b" }), "mkdir /srv/bk/hosts/b: not a directory");
  assert.is(refused({ id: "x\0" }), "mkdir /srv/bk/x\0: invalid argument");
  assert.is(refused({ id: "x".repeat(300) }), `mkdir /srv/bk/${"x".repeat(300)}: file name too long`);
});

test("what was there before is left, and what the run made is gone but for the two shared files", () => {
  const preExisting = ["/srv/bk/a", "/srv/bk/zz/deep"];
  const options = { randomIds: ["h1"] };
  const extraHosts = [{ host: "h", ip: "nonsense" }];
  assert.equal(bundleAt("/leftInRoot", { preExisting, id: "a/b" }), ["a", "hosts", "resolv.conf", "zz"]);
  assert.equal(bundleAt("/leftInRoot", { preExisting, meta: { extraHosts } }, options), ["a", "resolv.conf", "zz"]);
  assert.is(
    bundleAt("/files/~1etc~1hosts/content", { meta: { extraHosts } }, options),
    "\n127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n<nil>\th\n",
  );
});

test("the hosts file draws its random id before the container does", () => {
  const changes = { id: "", meta: { extraHosts: [{ host: "h", ip: "::1" }] } };
  assert.is(bundleAt("/files/~1etc~1hosts/source", changes, { randomIds: ["one", "two"] }), "/srv/bk/hosts.one");
  assert.is(bundleAt("/argv/8", changes, { randomIds: ["one", "two"] }), "two");
  assert.is(misfit("bundle", request(changes), { randomIds: ["one"] }), "/options/randomIds/1");
});

test("a directory in the way of a shared file: resolv.conf is refused, hosts is kept", () => {
  const way = (name: string) => ({ preExisting: [`/srv/bk/${name}`] });
  assert.is(refused(way("resolv.conf")), "rename /srv/bk/resolv.conf.tmp /srv/bk/resolv.conf: file exists");
  assert.is(bundleAt("/files/~1etc~1hosts/type", way("hosts")), "dir");
});

test("network modes are named in capitals where they have a name, and found by number too", () => {
  assert.is(refused({ meta: { netMode: "host" } }), "unknown network mode HOST");
  assert.is(refused({ meta: { netMode: "7" } }), "unknown network mode 7");
  assert.is(refused({ networks: null }), "unknown network mode UNSET");
  const namespaces = bundleAt("/config/linux/namespaces", {
    meta: { netMode: "2" },
    networks: { none: { mode: "cni", netnsPath: "/n" } },
  });
  assert.equal((namespaces as readonly Json[]).at(-1), { type: "network", path: "/n" });
});

test("no candidate at all leaves the name blank, and a name with a path is not looked up", () => {
  assert.is(refused({ executor: { commandCandidates: [] } }), "failed to find  binary");
  assert.is(refused({ executor: { commandCandidates: ["a", "/usr/bin/b"] } }), "failed to find /usr/bin/b binary");
});

test("the state directory is cleaned, and a blank one cannot be made", () => {
  assert.is(bundleAt("/argv/2", { executor: { root: "/srv//bk/./x/" } }), "/srv/bk/x/runc-log.json");
  assert.is(bundleAt("/argv/2", { executor: { root: "/" } }), "/runc-log.json");
  assert.is(refused({ executor: { root: "" } }), "failed to create : mkdir : no such file or directory");
  assert.is(misfit("bundle", request({ executor: { root: "bk" } })), "/request/executor/root");
});

test("a working directory that exists, file or not, is left alone; a missing one is made with its parents", () => {
  const tree = [{ path: "/f", type: "file", content: "", mode: "0600", uid: 7, gid: 8 }];
  const cwd = (path: string) => bundleAt("/cwd", { meta: { cwd: path, user: "5:6" }, rootfs: { tree } });
  assert.equal(cwd("f"), { path: "/srv/bk/b1/rootfs/f", stat: { type: "file", mode: "0600", uid: 7, gid: 8 } });
  assert.equal(cwd("a/../b//c"), {
    path: "/srv/bk/b1/rootfs/b/c",
    stat: { type: "dir", mode: "0755", uid: 5, gid: 6 },
  });
  assert.is(
    refused({ meta: { cwd: "/f/x" }, rootfs: { tree } }),
    "working dir  points to invalid target: lstat /srv/bk/b1/rootfs/f/x: not a directory",
  );
});

test("an owner of 2^32 - 1 changes nothing, and neither does a root that is not mapped", () => {
  const changes = { meta: { cwd: "/new", user: "4294967295:4294967295" } };
  assert.equal(bundleAt("/cwd/stat", changes), { type: "dir", mode: "0755", uid: 0, gid: 0 });
  const idmap = { uidMaps: [{ containerId: 1, hostId: 5, size: 1 }], gidMaps: null };
  assert.is(refused({ executor: { idmap } }), "Container ID 0 cannot be mapped to a host ID");
  const file = bundleAt("/files/~1etc~1hosts", { executor: { idmap }, meta: { user: "1:1" } });
  assert.equal([atPointer(file ?? null, "/uid"), atPointer(file ?? null, "/gid")], [0, 0]);
});

test("an OOM score of 0 is written when it was set", () => {
  assert.is(bundleAt("/config/process/oomScoreAdj", { executor: { oomScoreAdj: 0 } }), 0);
  assert.is(bundleAt("/config/process/oomScoreAdj", { executor: { oomScoreAdj: null } }), undefined);
});

test("rootless drops what starts with the text /sys, wherever it comes from", () => {
  const mounts = [mount("/system", { mounts: bind("/s") }), mount("sys", { mounts: bind("/s") })];
  const config = run("bundle", request({ executor: { rootless: true }, mounts }));
  const left = (atPointer(config, "/config/mounts") as readonly JsonObject[]).map(
    ({ destination = null }) => destination,
  );
  assert.equal(left.slice(-3), ["/etc/resolv.conf", "/etc/hosts", "sys"]);
  assert.is(atPointer(config, "/config/linux/resources"), undefined);
});

test("a cgroup parent with .slice needs its colon to be systemd's", () => {
  const path = (defaultCgroupParent: string) =>
    bundleAt("/config/linux/cgroupsPath", { executor: { defaultCgroupParent } });
  assert.is(path("a.slice:b:"), "a.slice:b:b1");
  assert.is(path("a.slice"), "/a.slice/buildkit/b1");
  assert.is(path("a:"), "/a:/buildkit/b1");
  assert.is(path("../.."), "/buildkit/b1");
});

test("steps fail in upstream's order: runtime, network, bundle, user, mounts, directory, exit", () => {
  const all = {
    runtimesOnPath: [],
    networks: {},
    id: "hosts",
    meta: { user: "ghost", cwd: "/f/x" },
    mounts: [{ dest: "/m" }],
    rootfs: {
      tree: [
        { path: "/f", type: "file" },
        { path: "/etc/passwd", type: "file" },
      ],
    },
    runtimeExit: 1,
  };
  const seen: string[] = [];
  const cures: readonly { readonly [key: string]: Json }[] = [
    { runtimesOnPath: null },
    { networks: { unset: { mode: "none" } } },
    { id: "b1" },
    { meta: { cwd: "/f/x" } },
    { mounts: [] },
    { meta: {} },
  ];
  let changes: { readonly [key: string]: Json } = all;
  for (const cure of cures) {
    seen.push(refused(changes));
    changes = { ...changes, ...cure };
  }
  seen.push(refused(changes));
  assert.equal(
    seen.map((text) => text.split(" ").slice(0, 3).join(" ")),
    [
      "failed to find",
      "unknown network mode",
      "mkdir /srv/bk/hosts: file",
      "unable to find",
      "mount /m has",
      "working dir ",
      "buildkit-runc did not",
    ].map((text) => text.split(" ").slice(0, 3).join(" ")),
  );
});

test("sources are released when the runtime has ended, and one without a release brings the daemon down", () => {
  const mounts = [mount("/a", { mounts: bind("/s") })];
  assert.equal(bundleAt("/events", { mounts }), ["open /a readonly=false", "mount /a", "release /a"]);
  assert.match(refused({ mounts: [mount("/a", { noRelease: true })], runtimeExit: 1 }), /nil pointer dereference/);
});

test("a misfit names the field", () => {
  const at = (changes: Parameters<typeof request>[0]): string => misfit("bundle", request(changes));
  assert.is(at({ networks: [] }), "/request/networks");
  assert.is(at({ networks: { unset: { mode: "x" } } }), "/request/networks/unset/mode");
  assert.is(at({ executor: { processMode: "x" } }), "/request/executor/processMode");
  assert.is(
    at({
      rootfs: {
        tree: [
          { path: "/a", type: "file" },
          { path: "/a/b", type: "dir" },
        ],
      },
    }),
    "/request/rootfs/tree/1/path",
  );
  assert.is(at({ preExisting: ["/srv/bk/b1/x/\0"] }), "/request/preExisting/0");
});
