import type { Json, JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { usualDevices } from "../../../src/policy/rules/default-devices.ts";
import { deviceAccess } from "../../../src/policy/rules/device-access.ts";
import { deviceNodes } from "../../../src/policy/rules/device-nodes.ts";
import { noDevices } from "../../../src/policy/rules/no-devices.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, judge, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const rules = (devices: readonly Json[], more: JsonObject = {}): Config =>
  configWith({ linux: { resources: { devices }, ...more } });
const denyAll = { allow: false, access: "rwm" };

test("a default device is the right node and opens", () => {
  const stat = "cell stat /dev/null";
  const open = "cell call open-read /dev/null";
  const at = (text: string, result: number): Given => ({ [stat]: text, [open]: result });
  assert.equal(valueIn(usualDevices, configWith(), "device:/dev/null"), { device: "c 1:3" });
  assert.is(verdict(usualDevices, configWith(), "device:/dev/null", at("char 666 0 0 5 7 0 1:3", 3)), "holds");
  assert.is(verdict(usualDevices, configWith(), "device:/dev/null", at("char 666 0 0 5 7 0 1:5", 3)), "violated");
  assert.is(verdict(usualDevices, configWith(), "device:/dev/null", at("file 644 0 0 5 7 0 0:0", 3)), "violated");
  assert.is(verdict(usualDevices, configWith(), "device:/dev/null", at("char 666 0 0 5 7 0 1:3", -1)), "violated");
  assert.is(verdict(usualDevices, configWith(), "device:/dev/null", { [stat]: missing, [open]: -2 }), "violated");
  assert.is(verdict(usualDevices, configWith(), "device:/dev/null", { [stat]: unable, [open]: 3 }), "not-observable");
});

test("without a terminal there is nothing behind /dev/tty, and only there that is as it should be", () => {
  const given = (name: string, numbers: string): Given => ({
    [`cell stat /dev/${name}`]: `char 666 0 0 5 7 0 ${numbers}`,
    [`cell call open-read /dev/${name}`]: -6,
  });
  assert.is(verdict(usualDevices, configWith(), "device:/dev/tty", given("tty", "5:0")), "holds");
  assert.is(verdict(usualDevices, configWith(), "device:/dev/zero", given("zero", "1:5")), "violated");
});

test("a default device that a mount or a masked path covers is not promised", () => {
  const mount = (destination: string): JsonObject => ({ destination, type: "bind", source: "x", options: ["rbind"] });
  assert.is(valueIn(usualDevices, configWith({ mounts: [mount("/dev/full")] }), "device:/dev/full"), "by-mount");
  assert.is(valueIn(usualDevices, configWith({ mounts: [mount("/dev")] }), "device:/dev/full"), "by-mount");
  const tmpfs = { destination: "/dev", type: "tmpfs", source: "tmpfs" };
  assert.equal(valueIn(usualDevices, configWith({ mounts: [tmpfs] }), "device:/dev/full"), { device: "c 1:7" });
  const masked = configWith({ linux: { maskedPaths: ["/dev/full"] } });
  assert.is(valueIn(usualDevices, masked, "device:/dev/full"), "masked");
  assert.equal(asked(usualDevices, masked, "device:/dev/full"), []);
});

test("device rules are applied in their order, and none promise nothing", () => {
  const loop = (config: Config): Json => valueIn(deviceAccess, config, "device:loop0");
  assert.is(loop(configWith()), "unlimited");
  assert.is(loop(rules([])), "unlimited");
  assert.is(loop(rules([denyAll])), "refused");
  assert.is(loop(rules([denyAll, { allow: true, type: "b", access: "rwm" }])), "opens");
  assert.is(loop(rules([denyAll, { allow: true, type: "b", major: 7, minor: -1, access: "r" }])), "opens-for-reading");
  assert.is(loop(rules([denyAll, { allow: true, type: "b", major: 7, access: "m" }])), "refused");
  assert.is(loop(rules([denyAll, { allow: true, type: "c", access: "rwm" }])), "refused");
  assert.is(
    loop(
      rules([
        { allow: true, type: "a" },
        { allow: false, type: "b", major: 7, minor: 0, access: "r" },
      ]),
    ),
    "opens-for-writing",
  );
  assert.equal(asked(deviceAccess, configWith(), "device:loop0"), []);
});

test("rules that let a device be written are weaker, though only reading is tried", () => {
  const values = ["unlimited", "opens", "opens-for-reading", "opens-for-writing", "refused"] as const;
  const table = values.map((before) => values.map((after) => deviceAccess.compare(before, after)));
  assert.equal(table, [
    ["same", "same", "stronger", "stronger", "stronger"],
    ["same", "same", "stronger", "stronger", "stronger"],
    ["weaker", "weaker", "same", "different", "stronger"],
    ["weaker", "weaker", "different", "same", "stronger"],
    ["weaker", "weaker", "weaker", "weaker", "same"],
  ]);
  const writable = rules([{ allow: false, type: "b", access: "rm" }]);
  const given = (cell: number): Given => ({
    "cell call open-read /.cupel/nodes/loop0": cell,
    "host call open-read /.cupel/nodes/loop0": -6,
  });
  assert.is(verdict(deviceAccess, writable, "device:loop0", given(-1)), "holds");
  assert.is(verdict(deviceAccess, writable, "device:loop0", given(-6)), "violated");
});

test("only the kernel's refusal is one; what the driver says was asked of it", () => {
  const subject = "device:loop0";
  const given = (cell: number, host: number): Given => ({
    "cell call open-read /.cupel/nodes/loop0": cell,
    "host call open-read /.cupel/nodes/loop0": host,
  });
  const closed = rules([denyAll]);
  const open = rules([denyAll, { allow: true, access: "rwm" }]);
  assert.is(verdict(deviceAccess, closed, subject, given(-1, 4)), "holds");
  assert.is(verdict(deviceAccess, closed, subject, given(3, 4)), "violated");
  assert.is(verdict(deviceAccess, closed, subject, given(-6, -6)), "violated");
  assert.is(verdict(deviceAccess, closed, subject, given(-2, 4)), "not-observable");
  assert.is(verdict(deviceAccess, closed, subject, given(-1, -1)), "not-observable");
  assert.is(verdict(deviceAccess, open, subject, given(3, 4)), "holds");
  assert.is(verdict(deviceAccess, open, subject, given(-1, 4)), "violated");
});

const rootWith = (capabilities: readonly string[], linux: JsonObject = {}, more: JsonObject = {}): Config =>
  configWith({
    process: {
      user: { uid: 0 },
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
    },
    linux: { namespaces: [{ type: "mount" }], ...linux },
    ...more,
  });

test("nodes are made with the capability, in the machine's user namespace, where the device rules let it", () => {
  const block = (config: Config): Json => valueIn(deviceNodes, config, "make:block");
  const writable = { root: { path: "rootfs", readonly: false } };
  assert.equal(block(rootWith(["CAP_MKNOD"], {}, writable)), { make: "granted", in: "/" });
  assert.equal(block(rootWith([], {}, writable)), { make: "refused", in: "/" });
  const inUser = { namespaces: [{ type: "mount" }, { type: "user" }] };
  assert.equal(block(rootWith(["CAP_MKNOD"], inUser, writable)), { make: "refused", in: "/" });
  const denied = { resources: { devices: [denyAll] } };
  assert.equal(block(rootWith(["CAP_MKNOD"], denied, writable)), { make: "refused", in: "/" });
  const filtered = {
    seccomp: { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ names: ["mknodat"], action: "SCMP_ACT_KILL" }] },
  };
  assert.equal(block(rootWith(["CAP_MKNOD"], filtered, writable)), { make: "undecided", in: "/" });
  assert.is(block(rootWith(["CAP_MKNOD"])), "nowhere");
});

test("a node is tried in a file system of the cell's own, the shared memory first", () => {
  const mounts = ["/tmp", "/dev", "/dev/shm"].map((destination) => ({ destination, type: "tmpfs", source: "tmpfs" }));
  const config = rootWith([], {}, { mounts });
  assert.equal(asked(deviceNodes, config, "make:block"), ["cell call make-node b%207%200%20/dev/shm/.cupel-node-b"]);
  assert.equal(asked(deviceNodes, config, "make:character"), [
    "cell call make-node c%2010%20229%20/dev/shm/.cupel-node-c",
  ]);
});

test("making a node succeeds, or is refused with EPERM; anything else says nothing", () => {
  const mounts = [{ destination: "/dev/shm", type: "tmpfs", source: "tmpfs" }];
  const line = "cell call make-node b%207%200%20/dev/shm/.cupel-node-b";
  const granted = rootWith(["CAP_MKNOD"], {}, { mounts });
  const refused = rootWith([], {}, { mounts });
  assert.is(verdict(deviceNodes, granted, "make:block", { [line]: 0 }), "holds");
  assert.is(verdict(deviceNodes, granted, "make:block", { [line]: -1 }), "violated");
  assert.is(verdict(deviceNodes, refused, "make:block", { [line]: -1 }), "holds");
  assert.equal(judge(deviceNodes, refused, "make:block", { [line]: 0 }), { is: "violated", seen: "made" });
  assert.is(verdict(deviceNodes, refused, "make:block", { [line]: -13 }), "not-observable");
  assert.is(deviceNodes.compare({ make: "refused", in: "/" }, { make: "granted", in: "/tmp" }), "weaker");
});

test("a node that the runner put on a mount with nodev does not open, though it does elsewhere", () => {
  const mounts = [{ destination: "/in", type: "bind", source: "inputs/a", options: ["rbind", "nodev"] }];
  const config = configWith({ mounts });
  assert.equal(valueIn(noDevices, config, "nodes:/in"), { nodes: "refused", on: "bind", source: "inputs/a" });
  const given = (control: number, result: number): Given => ({
    "cell call open-read /.cupel/nodes/null": control,
    "cell call open-read /in/.cupel-node": result,
  });
  assert.is(verdict(noDevices, config, "nodes:/in", given(3, -13)), "holds");
  assert.is(verdict(noDevices, config, "nodes:/in", given(3, 4)), "violated");
  assert.is(verdict(noDevices, config, "nodes:/in", given(-13, -13)), "not-observable");
  assert.is(verdict(noDevices, config, "nodes:/in", given(3, -20)), "not-observable");
});

test("on a tmpfs the cell makes the node itself, if it can", () => {
  const mounts = [{ destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nodev"] }];
  const config = configWith({ mounts });
  const given = (made: number, opened: number): Given => ({
    "cell call make-node c%201%203%20/tmp/.cupel-node": made,
    "cell call open-new-node c%201%203%20/tmp/.cupel-node": opened,
  });
  assert.is(verdict(noDevices, config, "nodes:/tmp", given(0, -13)), "holds");
  assert.is(verdict(noDevices, config, "nodes:/tmp", given(0, 0)), "violated");
  assert.is(verdict(noDevices, config, "nodes:/tmp", given(-1, -1)), "not-observable");
  assert.is(noDevices.compare({ nodes: "refused", on: "tmpfs" }, "open"), "weaker");
});

test("nothing is put on other file systems, nor asked of a mount without the option", () => {
  const mounts = [
    { destination: "/sys", type: "sysfs", source: "sysfs", options: ["nodev"] },
    { destination: "/out", type: "bind", source: "out", options: ["rbind"] },
  ];
  for (const subject of ["nodes:/sys", "nodes:/out"])
    assert.equal(asked(noDevices, configWith({ mounts }), subject), []);
});
