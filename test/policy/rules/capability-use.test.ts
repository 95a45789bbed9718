import type { JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { capabilityUse } from "../../../src/policy/rules/capability-use.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, judge, missing, unable, valueIn, verdict } from "../fake-answers.ts";

/** Root with these capabilities, in these namespaces beside its mounts. */
function rootWith(names: readonly string[], namespaces: readonly string[], linux: JsonObject = {}): Config {
  const types = ["mount", ...namespaces].map((type) => ({ type }));
  const capabilities = { bounding: names, effective: names, permitted: names };
  return configWith({ process: { user: { uid: 0 }, capabilities }, linux: { namespaces: types, ...linux } });
}

const all = ["CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_CHROOT", "CAP_SYS_TIME"];
const uses = ["mount", "set-host-name", "set-time", "reboot", "change-root", "raw-socket", "low-port"];
const values = (config: Config): readonly unknown[] => uses.map((use) => valueIn(capabilityUse, config, `use:${use}`));

test("without capabilities everything is refused, with them all is granted", () => {
  assert.equal(values(rootWith([], ["uts", "pid", "network"])), Array(7).fill("refused"));
  assert.equal(values(rootWith(all, ["uts", "pid", "network"])), Array(7).fill("granted"));
  assert.equal(values(rootWith(all, [])), Array(7).fill("granted"));
});

test("inside a user namespace a capability counts against the cell's own namespaces only", () => {
  assert.equal(values(rootWith(all, ["user", "uts", "pid", "network"])), [
    "granted",
    "granted",
    "refused",
    "granted",
    "granted",
    "granted",
    "granted",
  ]);
  assert.equal(values(rootWith(all, ["user"])), [
    "granted",
    "refused",
    "refused",
    "refused",
    "granted",
    "refused",
    "refused",
  ]);
});

test("what is not effective after execve is refused", () => {
  const listed = { bounding: all, effective: all, permitted: all, inheritable: all };
  const config = configWith({ process: { user: { uid: 1000 }, capabilities: listed } });
  assert.equal(values(config), Array(7).fill("refused"));
});

test("a joined namespace leaves it open, and nothing is asked", () => {
  const joined = { namespaces: [{ type: "mount" }, { type: "user" }, { type: "network", path: "/work/7/ns" }] };
  const config = rootWith(all, [], joined);
  assert.is(valueIn(capabilityUse, config, "use:raw-socket"), "undecided");
  assert.equal(asked(capabilityUse, config, "use:raw-socket"), []);
});

test("a filter that refuses as the kernel would counts as refused; any other leaves it open", () => {
  const filter = (action: string, errnoRet?: number): Config =>
    rootWith(all, [], {
      seccomp: {
        defaultAction: "SCMP_ACT_ALLOW",
        syscalls: [{ names: ["mount"], action, ...(errnoRet === undefined ? {} : { errnoRet }) }],
      },
    });
  assert.is(valueIn(capabilityUse, filter("SCMP_ACT_ERRNO"), "use:mount"), "refused");
  assert.is(valueIn(capabilityUse, filter("SCMP_ACT_ERRNO", 0), "use:mount"), "undecided");
  assert.is(valueIn(capabilityUse, filter("SCMP_ACT_KILL"), "use:mount"), "undecided");
  assert.is(valueIn(capabilityUse, filter("SCMP_ACT_LOG"), "use:mount"), "granted");
});

const none = rootWith([], ["uts", "pid", "network"]);
const full = rootWith(all, ["uts", "pid", "network"]);

test("a refusal is what the kernel says before it looks at the arguments", () => {
  assert.is(verdict(capabilityUse, none, "use:mount", { "cell call mount": -1 }), "holds");
  assert.equal(judge(capabilityUse, none, "use:mount", { "cell call mount": -19 }), {
    is: "violated",
    seen: { use: "granted", result: "ENODEV" },
  });
  assert.is(verdict(capabilityUse, none, "use:reboot", { "cell call reboot": -22 }), "violated");
  assert.is(verdict(capabilityUse, none, "use:set-time", { "cell call settimeofday": 0 }), "violated");
  assert.is(verdict(capabilityUse, none, "use:raw-socket", { "cell call socket-raw": 3 }), "violated");
});

test("a grant is told from a refusal", () => {
  assert.is(verdict(capabilityUse, full, "use:mount", { "cell call mount": -19 }), "holds");
  assert.is(verdict(capabilityUse, full, "use:mount", { "cell call mount": -1 }), "violated");
  assert.is(verdict(capabilityUse, full, "use:change-root", { "cell call chroot": 0 }), "holds");
});

test("the clock belongs to the machine's first user namespace, where we may not be", () => {
  assert.is(verdict(capabilityUse, full, "use:set-time", { "cell call settimeofday": -1 }), "not-observable");
});

test("any other result tells nothing", () => {
  assert.is(verdict(capabilityUse, none, "use:mount", { "cell call mount": -38 }), "not-observable");
  assert.is(verdict(capabilityUse, none, "use:mount", { "cell call mount": 0 }), "not-observable");
  assert.is(verdict(capabilityUse, none, "use:change-root", { "cell call chroot": -13 }), "not-observable");
  assert.is(verdict(capabilityUse, none, "use:mount", { "cell call mount": unable }), "not-observable");
});

test("a low port is refused with EACCES, unless the machine gives them to everybody", () => {
  const file = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
  const low = (bind: number, start: Given[string], there = 0, settings: Given[string] = missing): string =>
    verdict(capabilityUse, none, "use:low-port", {
      "cell call bind-low-port": bind,
      [`cell read ${file}`]: start,
      [`cell call access-exist ${file}`]: there,
      "cell stat /proc/sys/net/ipv4": settings,
    });
  assert.is(low(-13, "1024\n"), "holds");
  assert.is(low(0, "1024\n"), "violated");
  assert.is(low(-98, "1024\n"), "violated");
  assert.is(low(0, "0\n"), "not-observable");
  assert.is(low(0, missing), "not-observable");
  assert.is(low(-99, "1024\n"), "not-observable");
  // a kernel with settings, and without this one
  assert.is(low(0, missing, -2, "dir 555 0 0 5 1 0 0:0"), "violated");
  assert.is(low(0, missing, -2), "not-observable");
});

test("a grant is weaker than a refusal, what is undecided lies between", () => {
  assert.is(capabilityUse.compare("refused", "granted"), "weaker");
  assert.is(capabilityUse.compare("refused", "undecided"), "weaker");
  assert.is(capabilityUse.compare("granted", "undecided"), "stronger");
});
