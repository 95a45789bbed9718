import type { Json, JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { noExec } from "../../../src/policy/rules/no-exec.ts";
import { setUid } from "../../../src/policy/rules/set-uid.ts";
import { tmpfsSize } from "../../../src/policy/rules/tmpfs-size.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const exit = (status: number): Given[string] => ({ ended: { exit: status } });
const bind = (options: readonly string[]): JsonObject => ({ destination: "/in", type: "bind", source: "in", options });
const tmpfs = (options: readonly string[]): JsonObject => ({
  destination: "/tmp",
  type: "tmpfs",
  source: "t",
  options,
});
const withMount = (mount: JsonObject, more: JsonObject = {}): Config => configWith({ mounts: [mount], ...more });

const control = "cell call execute /.cupel/effective-user";

test("a program on a bind with noexec is refused, though the same one runs elsewhere", () => {
  const config = withMount(bind(["rbind", "noexec"]));
  const given = (elsewhere: Given[string], there: Given[string]): Given => ({
    [control]: elsewhere,
    "cell call execute /in/.cupel-program": there,
  });
  assert.is(verdict(noExec, config, "exec:/in", given(exit(232), -13)), "holds");
  assert.is(verdict(noExec, config, "exec:/in", given(exit(232), exit(232))), "violated");
  assert.is(verdict(noExec, config, "exec:/in", given(-13, -13)), "not-observable");
  assert.is(verdict(noExec, config, "exec:/in", given(exit(232), -20)), "not-observable");
  assert.is(verdict(noExec, config, "exec:/in", given(unable, unable)), "not-observable");
});

test("on a tmpfs the cell makes the program itself, if it can, and removes it", () => {
  const config = withMount(tmpfs(["noexec"]));
  const [, make = "", execute = "", remove = ""] = asked(noExec, config, "exec:/tmp");
  assert.equal([make, remove], ["cell call make-program /tmp/.cupel-program", "cell call remove /tmp/.cupel-program"]);
  const given = (made: number, there: Given[string]): Given => ({
    [control]: exit(232),
    [make]: made,
    [execute]: there,
    [remove]: 0,
  });
  assert.is(verdict(noExec, config, "exec:/tmp", given(400, -13)), "holds");
  assert.is(verdict(noExec, config, "exec:/tmp", given(400, exit(232))), "violated");
  assert.is(verdict(noExec, config, "exec:/tmp", given(-13, -2)), "not-observable");
});

test("a mount without noexec is compared only, and losing it is weaker", () => {
  const config = withMount(bind(["rbind"]));
  assert.is(valueIn(noExec, config, "exec:/in"), "executes");
  assert.equal(asked(noExec, config, "exec:/in"), []);
  assert.is(noExec.compare({ programs: "refused", on: "tmpfs" }, "executes"), "weaker");
  assert.is(noExec.compare("absent", "executes"), "weaker");
});

const root = "cell call execute /.cupel/set-uid";
const jail = "host read /proc/self/status";
const asUser = (uid: number): string => `Pid:\t1\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`;

test("a set-user-id file in the root file system belongs to another user of the cell", () => {
  const value = (config: Config): Json => valueIn(setUid, config, "set-uid:/");
  const plain = { gains: true, by: "nothing", owner: 0, user: 0, group: 100, on: "root" };
  assert.equal(value(configWith()), plain);
  const strict = configWith({ process: { noNewPrivileges: true } });
  assert.equal(value(strict), { ...plain, gains: false, by: "process" });
  const asRoot = configWith({ process: { user: { uid: 0, gid: 0 } } });
  assert.equal(value(asRoot), { ...plain, owner: 1, user: 1, group: 0 });
});

test("in a user namespace owner and group are those that the maps give", () => {
  const maps = (uidMappings: readonly JsonObject[]): Config =>
    configWith({
      linux: {
        namespaces: [{ type: "user" }],
        uidMappings,
        gidMappings: [{ containerID: 100, hostID: 7100, size: 1 }],
      },
    });
  const both = [
    { containerID: 0, hostID: 5000, size: 1 },
    { containerID: 1000, hostID: 6000, size: 1 },
  ];
  const value = valueIn(setUid, maps(both), "set-uid:/") as { user: Json; group: Json };
  assert.equal([value.user, value.group], [5000, 7100]);
  assert.is(valueIn(setUid, maps(both.slice(1)), "set-uid:/"), "undecided");
  assert.equal(asked(setUid, maps(both.slice(1)), "set-uid:/"), []);
});

test("what the program says of its user shows whether the bit counts", () => {
  const strict = configWith({ process: { noNewPrivileges: true } });
  const given = (status: number, jailed = "NoNewPrivs:\t0\n"): Given => ({
    [root]: exit(status),
    "cell status": asUser(1000),
    [jail]: `Pid:\t1\n${jailed}`,
  });
  assert.is(verdict(setUid, strict, "set-uid:/", given(232)), "holds");
  assert.is(verdict(setUid, strict, "set-uid:/", given(0)), "violated");
  assert.is(verdict(setUid, configWith(), "set-uid:/", given(0)), "holds");
  assert.is(verdict(setUid, configWith(), "set-uid:/", given(232)), "violated");
  assert.is(verdict(setUid, configWith(), "set-uid:/", given(232, "NoNewPrivs:\t1\n")), "not-observable");
  assert.is(verdict(setUid, configWith(), "set-uid:/", given(7)), "not-observable");
  assert.is(verdict(setUid, configWith(), "set-uid:/", { ...given(0), [root]: -2 }), "not-observable");
  assert.is(verdict(setUid, configWith(), "set-uid:/", { ...given(0), "cell status": "Pid:\t1\n" }), "not-observable");
});

test("nosuid of a mount is tried where nothing else forbids it", () => {
  const config = withMount(bind(["rbind", "nosuid"]));
  const given = (status: number): Given => ({
    "cell call execute /in/.cupel-set-uid": exit(status),
    "cell status": asUser(1000),
    [jail]: "Pid:\t1\n",
  });
  assert.is(verdict(setUid, config, "set-uid:/in", given(232)), "holds");
  assert.is(verdict(setUid, config, "set-uid:/in", given(0)), "violated");
  const strict = withMount(bind(["rbind", "nosuid"]), { process: { noNewPrivileges: true } });
  assert.equal(asked(setUid, strict, "set-uid:/in"), []);
  assert.equal(asked(setUid, withMount(bind(["rbind"])), "set-uid:/in"), []);
});

test("on a tmpfs the cell makes the set-user-id file itself, if it can", () => {
  const config = withMount(tmpfs(["nosuid"]));
  const [make = "", execute = "", remove = ""] = asked(setUid, config, "set-uid:/tmp");
  assert.is(make, "cell call make-set-uid-program 0%20/tmp/.cupel-set-uid");
  const rest = { [remove]: 0, "cell status": asUser(1000), [jail]: "Pid:\t1\n" };
  assert.is(verdict(setUid, config, "set-uid:/tmp", { ...rest, [make]: 0, [execute]: exit(232) }), "holds");
  assert.is(verdict(setUid, config, "set-uid:/tmp", { ...rest, [make]: 0, [execute]: exit(0) }), "violated");
  assert.is(verdict(setUid, config, "set-uid:/tmp", { ...rest, [make]: -1, [execute]: exit(0) }), "not-observable");
});

test("gaining is weaker than not, whatever the reason was", () => {
  const gains = { gains: true, by: "nothing", owner: 0 };
  assert.is(setUid.compare({ gains: false, by: "mount", owner: 0 }, gains), "weaker");
  assert.is(setUid.compare({ gains: false, by: "process", owner: 0 }, gains), "weaker");
  assert.is(setUid.compare(gains, "hidden"), "stronger");
});

test("a tmpfs has its size by the kernel's word, and gives no more", () => {
  const config = withMount(tmpfs(["size=1m"]));
  assert.equal(valueIn(tmpfsSize, config, "size:/tmp"), { bytes: 1_048_576 });
  const [space = "", more = ""] = asked(tmpfsSize, config, "size:/tmp");
  assert.is(more, "cell call allocate 1114112%20/tmp/.cupel-space");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "4096 256", [more]: -28 }), "holds");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "4096 256", [more]: 0 }), "violated");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "4096 512", [more]: -28 }), "violated");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "4096 128", [more]: -28 }), "violated");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "4096 256", [more]: -13 }), "holds");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "4096 256", [more]: -5 }), "not-observable");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: missing, [more]: -28 }), "not-observable");
  assert.is(verdict(tmpfsSize, config, "size:/tmp", { [space]: "-", [more]: -28 }), "not-observable");
});

test("a great size is only read; none, or one in percent, is promised but not asked about", () => {
  assert.is(asked(tmpfsSize, withMount(tmpfs(["size=2g"])), "size:/tmp").length, 1);
  assert.is(
    verdict(tmpfsSize, withMount(tmpfs(["size=2g"])), "size:/tmp", { "cell space /tmp": "4096 524288" }),
    "holds",
  );
  for (const [options, value] of [
    [[], "half-of-memory"],
    [["size=0"], "half-of-memory"],
    [["size=50%"], "share-of-memory"],
  ] as const) {
    assert.is(valueIn(tmpfsSize, withMount(tmpfs(options)), "size:/tmp"), value);
    assert.equal(asked(tmpfsSize, withMount(tmpfs(options)), "size:/tmp"), []);
  }
  assert.is(tmpfsSize.compare({ bytes: 1 }, "half-of-memory"), "weaker");
  assert.is(tmpfsSize.compare("absent", { bytes: 1 }), "weaker");
});
