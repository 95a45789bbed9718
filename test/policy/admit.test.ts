import type { Json, JsonObject } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { exceptionsNamed } from "../../src/policy/admission/exceptions.ts";
import { type AdmissionContext, admit } from "../../src/policy/admit.ts";
import { assert, test } from "../suite.ts";

const context: AdmissionContext = {
  cell: "/run/cupel-0/work/7",
  bundle: "/run/cupel-0/work/7/bundle",
  cgroupPrefix: "/cupel-9",
  allowedSources: ["/sys", "/etc/resolv.conf", "/etc/hosts"],
};

const config: JsonObject = {
  ociVersion: "1.0.2",
  root: { path: "rootfs", readonly: true },
  hostname: "cell",
  mounts: [
    { destination: "/proc", type: "proc", source: "proc" },
    { destination: "/build", type: "none", source: "scratch/build", options: ["rbind", "rw"] },
    { destination: "/etc/hosts", type: "bind", source: "/etc/hosts", options: ["rbind", "ro"] },
  ],
  process: { terminal: false, user: { uid: 0, gid: 0 }, args: ["/cupel/step", "x"], cwd: "/" },
  linux: {
    namespaces: [{ type: "mount" }, { type: "uts" }, { type: "pid" }],
    cgroupsPath: "/cupel-9/7",
    seccomp: { defaultAction: "SCMP_ACT_ALLOW" },
  },
};

/** The pointers at which `changes` of the good config are refused. */
function refused(changes: JsonObject, given: Partial<AdmissionContext> = {}): readonly string[] {
  return admit({ ...config, ...changes }, { ...context, ...given }).map(({ pointer }) => pointer);
}

function linux(changes: JsonObject): JsonObject {
  return { linux: { ...(config["linux"] as JsonObject), ...changes } };
}

function mount(entry: Json): JsonObject {
  return { mounts: [entry] };
}

function bind(source: Json, options: readonly string[] = ["rbind", "ro"]): JsonObject {
  return mount({ destination: "/x", type: "bind", source, options });
}

test("a config that stays in its cell is admitted", () => {
  assert.equal(admit(config, context), []);
});

test("every refusal has the code, a pointer and a sentence", () => {
  const [refusal] = admit({ ...config, root: { path: "/" } }, context);
  assert.equal(refusal, {
    code: "refused-to-run",
    pointer: "/root/path",
    message: 'the root file system "/" is not below the cell',
  });
});

for (const path of [
  "/",
  "//",
  "/.",
  "..",
  "../..",
  "../../..",
  "rootfs/../../../..",
  "/run/cupel-0/work/7/..",
  "/run/cupel-0/work/7",
  "/run/cupel-0/work/77/rootfs",
  "/run/cupel-0/work",
  "/etc",
  "",
  7,
  null,
  ["rootfs"],
]) {
  test(`root.path ${JSON.stringify(path)} is refused`, () => {
    assert.ok(refused({ root: { path } }).includes("/root/path"));
  });
}

test("a config without a root is refused", () => {
  const { root: _, ...rest } = config;
  assert.ok(admit(rest, context).some(({ pointer }) => pointer === "/root"));
  assert.ok(refused({ root: "/" }).includes("/root"));
});

test("a root below the cell is admitted, absolute or relative to the bundle", () => {
  for (const path of [
    "rootfs",
    "./rootfs",
    "a//b",
    "/run/cupel-0/work/7/other",
    "/run/cupel-0/work/7/bundle/rootfs/",
  ]) {
    assert.equal(refused({ root: { path } }), [], path);
  }
});

for (const source of [
  "/",
  "/etc",
  "/etc/shadow",
  "/run/cupel-0/work",
  "/run/cupel-0/work/7",
  "/run/cupel-0/work/8/x",
]) {
  test(`a bind of ${source} is refused`, () => {
    assert.equal(refused(bind(source)), ["/mounts/0/source"]);
  });
}

for (const source of ["..", "../../../../etc", "inputs/../../../..", "/run/cupel-0/work/7/../8", "/sys/.."]) {
  test(`a bind source that climbs, ${source}, is refused`, () => {
    assert.equal(refused(bind(source)), ["/mounts/0/source"]);
  });
}

test("a bind without a source, or with one that is no text, is refused", () => {
  assert.ok(refused(mount({ destination: "/x", type: "bind", options: ["bind"] })).includes("/mounts/0/source"));
  assert.ok(refused(bind("")).includes("/mounts/0/source"));
  assert.ok(refused(bind(3)).includes("/mounts/0/source"));
});

test("a bind is recognised by its options whatever type it claims", () => {
  for (const type of ["none", "proc", "tmpfs"]) {
    assert.equal(
      refused(mount({ destination: "/x", type, source: "/", options: ["rbind"] })),
      ["/mounts/0/source"],
      type,
    );
  }
  assert.ok(refused(mount({ destination: "/x", source: "/", options: ["bind"] })).includes("/mounts/0/source"));
  assert.ok(refused(mount({ destination: "/x", type: "bind", source: "/" })).includes("/mounts/0/source"));
});

test("binds below the cell are admitted, writable or not", () => {
  for (const source of ["scratch/x", "./scratch", "/run/cupel-0/work/7/cache", "."]) {
    assert.equal(refused(bind(source, ["rbind", "rw"])), [], source);
  }
});

test("a documented host path may be bound read-only, and itself only", () => {
  assert.equal(refused(bind("/sys")), []);
  assert.equal(refused(bind("/etc/hosts/")), []);
  assert.equal(refused(bind("/sys/fs")), ["/mounts/0/source"]);
  assert.equal(refused(bind("/etc")), ["/mounts/0/source"]);
});

test("a documented host path that would be writable is refused", () => {
  assert.equal(refused(bind("/etc/hosts", ["rbind"])), ["/mounts/0/options"]);
  assert.equal(refused(bind("/etc/hosts", ["rbind", "ro", "rw"])), ["/mounts/0/options"]);
  assert.equal(refused(bind("/etc/hosts", ["rbind", "rw", "ro"])), []);
});

for (const type of ["ext4", "overlay", "nfs", "devtmpfs", "fuse", "none", "debugfs"]) {
  test(`a mount of type ${type} is refused`, () => {
    assert.equal(refused(mount({ destination: "/x", type, source: "x" })), ["/mounts/0/type"]);
  });
}

test("a mount without a type that is no bind is refused", () => {
  assert.ok(refused(mount({ destination: "/x", source: "scratch/x" })).includes("/mounts/0/type"));
});

for (const type of ["proc", "tmpfs", "devpts", "mqueue", "sysfs", "cgroup"]) {
  test(`a mount of type ${type} is admitted`, () => {
    assert.equal(refused(mount({ destination: "/x", type, source: type })), []);
  });
}

test("a bind of a disk's type is refused even below the cell", () => {
  assert.equal(refused(mount({ destination: "/x", type: "ext4", source: "disk", options: ["bind"] })), [
    "/mounts/0/type",
  ]);
});

test("mounts that spread or change others are refused", () => {
  assert.equal(refused(bind("scratch/x", ["rbind", "rshared"])), ["/mounts/0/options/1"]);
  assert.equal(refused(bind("scratch/x", ["shared", "rbind"])), ["/mounts/0/options/0"]);
  assert.ok(refused(bind("scratch/x", ["rbind", "remount"])).includes("/mounts/0/options/1"));
  assert.equal(refused(bind("scratch/x", ["rbind", "rprivate"])), []);
});

test("a mount that covers the step or its tools is refused", () => {
  for (const destination of ["/", "/cupel", "/cupel/step", "/.cupel", "/.cupel/busybox", "/x/../cupel", "cupel"]) {
    const entry = { destination, type: "bind", source: "scratch/x", options: ["rbind"] };
    assert.ok(refused(mount(entry)).includes("/mounts/0/destination"), destination);
  }
});

test("mounts of another shape are refused, not passed over", () => {
  assert.ok(refused({ mounts: {} }).includes("/mounts"));
  assert.ok(refused(mount("/")).includes("/mounts/0"));
  assert.ok(refused(mount({ destination: "/x", type: "proc", options: "bind" })).includes("/mounts/0/options"));
  assert.ok(refused(mount({ destination: "/x", type: "proc", options: [["bind"]] })).includes("/mounts/0/options"));
  assert.ok(refused(mount({ destination: "/x", type: 1 })).includes("/mounts/0/type"));
  assert.ok(refused(mount({ type: "proc" })).includes("/mounts/0/destination"));
});

test("a config without a mount namespace of its own is refused", () => {
  assert.ok(refused(linux({ namespaces: [{ type: "pid" }, { type: "uts" }] })).includes("/linux/namespaces"));
  assert.ok(refused(linux({ namespaces: [] })).includes("/linux/namespaces"));
  assert.ok(refused({ linux: {}, hostname: "" }).includes("/linux/namespaces"));
  const joined = [{ type: "mount", path: "/run/cupel-0/work/7/ns" }, { type: "uts" }];
  assert.ok(refused(linux({ namespaces: joined })).includes("/linux/namespaces/0/path"));
});

test("a namespace is joined only at a path below the cell", () => {
  const at = (path: Json): readonly string[] =>
    refused(linux({ namespaces: [{ type: "mount" }, { type: "uts" }, { type: "network", path }] }));
  for (const path of ["/proc/1/ns/net", "", "net", "/run/cupel-0/work/7/../8/net", "/run/cupel-0/work/7", 4, null]) {
    assert.ok(at(path).includes("/linux/namespaces/2/path"), JSON.stringify(path));
  }
  assert.equal(at("/run/cupel-0/work/7/netns"), []);
});

test("a second mount namespace entry with a path does not slip through", () => {
  const namespaces = [{ type: "mount" }, { type: "uts" }, { type: "mount", path: "/proc/1/ns/mnt" }];
  assert.ok(refused(linux({ namespaces })).includes("/linux/namespaces/2/path"));
});

test("a host name is refused where it would rename the machine", () => {
  const namespaces = [{ type: "mount" }];
  assert.ok(refused({ ...linux({ namespaces }), hostname: "x" }).includes("/hostname"));
  assert.ok(refused({ ...linux({ namespaces }), domainname: "x" }).includes("/domainname"));
  const known = { knownFindings: ["hostname-without-uts"] };
  assert.ok(refused({ ...linux({ namespaces }), hostname: "x" }, known).includes("/hostname"));
});

for (const path of [
  "/",
  "/cupel-9",
  "/cupel-9/",
  "/cupel-9/..",
  "/cupel-9/../x",
  "/cupel-99/7",
  "/buildkit/x",
  "7",
  "",
]) {
  test(`cgroupsPath ${JSON.stringify(path)} is refused`, () => {
    assert.equal(refused(linux({ cgroupsPath: path })), ["/linux/cgroupsPath"]);
  });
}

test("a cgroup in systemd's form or of another type is refused", () => {
  assert.ok(refused(linux({ cgroupsPath: "system.slice:cupel-9:7" })).includes("/linux/cgroupsPath"));
  assert.ok(refused(linux({ cgroupsPath: null })).includes("/linux/cgroupsPath"));
});

test("hooks are refused, empty lists of them are not", () => {
  assert.equal(refused({ hooks: { prestart: [{ path: "/bin/true" }] } }), ["/hooks"]);
  assert.equal(refused({ hooks: { createRuntime: [], poststop: [{ path: "/bin/true" }] } }), ["/hooks"]);
  assert.equal(refused({ hooks: { prestart: [] } }), []);
  assert.equal(refused({ hooks: {} }), []);
});

test("what reaches beyond the cell is refused", () => {
  assert.equal(refused(linux({ netDevices: { eth0: {} } })), ["/linux/netDevices"]);
  assert.equal(refused(linux({ intelRdt: { closID: "x" } })), ["/linux/intelRdt"]);
  assert.equal(refused(linux({ seccomp: { defaultAction: "SCMP_ACT_NOTIFY", listenerPath: "/run/agent" } })), [
    "/linux/seccomp/listenerPath",
  ]);
  for (const propagation of ["shared", "rshared", "nonsense", 1]) {
    assert.ok(refused(linux({ rootfsPropagation: propagation })).includes("/linux/rootfsPropagation"));
  }
  assert.equal(refused(linux({ rootfsPropagation: "private" })), []);
  assert.ok(refused({ vm: { hypervisor: { path: "/bin/sh" } } }).includes("/vm"));
});

test("annotations, sysctl and devices are refused unless the case is allowed them", () => {
  const parts: readonly [JsonObject, string, "annotations" | "sysctl" | "devices"][] = [
    [{ annotations: { "run.oci.handler": "krun" } }, "/annotations", "annotations"],
    [linux({ sysctl: { "net.ipv4.ip_forward": "1" } }), "/linux/sysctl", "sysctl"],
    [linux({ devices: [{ path: "/dev/sda", type: "b", major: 8, minor: 0 }] }), "/linux/devices", "devices"],
  ];
  for (const [changes, pointer, word] of parts) {
    assert.ok(refused(changes).includes(pointer), word);
    assert.ok(refused(changes, { allow: [] }).includes(pointer), word);
    assert.not.ok(refused(changes, { allow: [word] }).includes(pointer), word);
  }
  assert.equal(refused({ annotations: {} }), []);
});

test("the jail's /proc is bound only where the case is allowed it, on /proc and whole", () => {
  const allow = ["host-proc"] as const;
  const proc = (source: string, destination: string): JsonObject =>
    mount({ destination, type: "bind", source, options: ["nosuid", "noexec", "nodev", "rbind"] });
  assert.equal(refused(proc("/proc", "/proc"), { allow }), []);
  for (const [source, destination] of [
    ["/proc", "/host"],
    ["/proc/1", "/proc"],
    ["/proc/sys", "/proc/sys"],
    ["/", "/proc"],
  ] as const) {
    assert.equal(refused(proc(source, destination), { allow }), ["/mounts/0/source"], `${source} on ${destination}`);
  }
  assert.equal(refused(proc("/proc", "/proc")), ["/mounts/0/source"]);
  assert.equal(refused(proc("/proc", "/proc"), { allow: ["devices", "sysctl", "annotations"] }), ["/mounts/0/source"]);
});

test("what a config names of these it may be allowed, and nothing else", () => {
  const named = (changes: JsonObject): readonly string[] =>
    exceptionsNamed({ ...config, ...changes } as unknown as Config);
  assert.equal(named({}), []);
  assert.equal(named({ annotations: {}, ...linux({ sysctl: {}, devices: [] }) }), []);
  assert.equal(named({ annotations: { a: "b" } }), ["annotations"]);
  assert.equal(named(linux({ sysctl: { a: "b" }, devices: [{ path: "/dev/x", type: "c" }] })), ["sysctl", "devices"]);
  assert.equal(named(mount({ destination: "/proc", type: "bind", source: "/proc" })), ["host-proc"]);
  assert.equal(named(mount({ destination: "/host", type: "bind", source: "/proc" })), []);
});

test("only the step is run unless other commands are trusted", () => {
  const process = { ...(config["process"] as JsonObject), args: ["/bin/sh"] };
  assert.equal(refused({ process }), ["/process/args/0"]);
  assert.equal(refused({ process }, { trustCommands: true }), []);
  assert.ok(refused({ process: { ...process, args: [] } }).includes("/process/args/0"));
  const { process: _, ...rest } = config;
  assert.ok(admit(rest, context).some(({ pointer }) => pointer === "/process"));
});

test("a validation error refuses unless the case is known to have it", () => {
  assert.equal(refused({ extra: 1 }), ["/extra"]);
  assert.equal(refused({ extra: 1 }, { knownFindings: ["unknown-key"] }), []);
});

test("a key that Go reads as another one is refused even when unknown keys are known findings", () => {
  const given = { knownFindings: ["unknown-key"] };
  assert.equal(refused({ Hooks: { prestart: [{ path: "/bin/true" }] } }, given), ["/Hooks"]);
  assert.equal(refused({ "hook\u017f": {} }, given), ["/hook\u017f"]);
  assert.equal(refused({ root: { path: "rootfs", Path: "/" } }, given), ["/root/Path"]);
  assert.equal(refused(linux({ cgroupsPATH: "/x" }), given), ["/linux/cgroupsPATH"]);
  const entry = { destination: "/x", type: "proc", source: "x", Options: ["bind"] };
  assert.equal(refused(mount(entry), given), ["/mounts/0/Options"]);
});

test("free words of annotations are not taken for keys", () => {
  assert.equal(refused({ annotations: { Type: "x" } }, { allow: ["annotations"] }), []);
});

test("a NUL in a text or key is refused, since C ends the text there", () => {
  assert.ok(refused({ root: { path: "/run/cupel-0/work/7/..\0" } }).includes("/root/path"));
  assert.ok(refused(bind("/run/cupel-0/work/7/x\0")).includes("/mounts/0/source"));
  assert.ok(refused({ "hooks\0x": {} }).includes("/hooks\0x"));
});

test("nothing is admitted into a cell that is none", () => {
  for (const given of [
    { cell: "/" },
    { cell: "" },
    { cell: "run/cell" },
    { cell: "/run/cupel-0/work/../x" },
    { bundle: "/tmp/bundle" },
    { cgroupPrefix: "/" },
  ]) {
    assert.is(admit(config, { ...context, ...given }).length, 1, JSON.stringify(given));
  }
});

test("what is no object is refused", () => {
  for (const value of [null, [], "config", 1, true]) assert.is(admit(value, context).length, 1);
  for (const value of [null, [], "x"]) assert.ok(refused({ linux: value }).length > 0);
  assert.ok(refused(linux({ seccomp: "x" })).includes("/linux/seccomp"));
  assert.ok(refused(linux({ namespaces: {} })).includes("/linux/namespaces"));
});

test("devices of the host that are allowed may be bound as they are, and no others", () => {
  const given = { allowedDevices: ["/dev/null"] };
  assert.equal(refused(bind("/dev/null", ["bind"]), given), []);
  assert.equal(refused(bind("/dev/null", ["bind"])), ["/mounts/0/source"]);
  assert.equal(refused(bind("/dev/sda", ["bind"]), given), ["/mounts/0/source"]);
  assert.equal(refused(bind("/dev/null/../sda", ["bind"]), given), ["/mounts/0/source"]);
  assert.equal(refused(bind("/dev", ["bind", "ro"]), given), ["/mounts/0/source"]);
});
