/** What this machine can execute: the facts behind `cupel doctor`, each with what it means and how to cure it. */
import { readFileSync } from "node:fs";
import { release } from "node:os";
import { capabilityNumbers } from "../../../src/oci/vocabulary.ts";
import { machine } from "../../host/machine.ts";
import { cgroupMounts } from "../jail/cgroups.ts";
import { findTool, installHint } from "../jail/tools.ts";
import { findMachine, machines } from "../probe/machine.ts";
import type { MachineFact } from "./fact.ts";
import { ordinaryUserFacts } from "./ordinary-users.ts";

/** Examines this machine, and what the user of `--as` may do on it. Starts unshare(1) when the caller is not root; nothing else. */
export function examine(as?: string): readonly MachineFact[] {
  return [
    interpreter(),
    { what: "kernel", state: "ok", detail: `Linux ${release()}` },
    caller(),
    capabilities(),
    cgroups(),
    seccomp(),
    ...ordinaryUserFacts(as),
    tool("setpriv", "no jail, so no cell is executed"),
    tool("unshare", "no jail, so no cell is executed"),
    tool("mount", "no work file system, so no cell is executed"),
    tool("script", "cells whose config wants a terminal fail"),
    staticShell(),
    imageTool("skopeo"),
    imageTool("umoci"),
    rawCalls(),
  ];
}

function interpreter(): MachineFact {
  const deno = process.versions["deno"];
  return {
    what: "interpreter",
    state: "ok",
    detail: deno === undefined ? `Node ${process.versions.node}` : `Deno ${deno}`,
  };
}

function caller(): MachineFact {
  const uid = process.getuid?.();
  if (uid === 0) return { what: "caller", state: "ok", detail: "root" };
  return {
    what: "caller",
    state: "note",
    detail: `uid ${uid}`,
    consequence: "only cells with a user namespace are executed, and those of the runtime unshare",
    cure: "sudo cupel run",
  };
}

function capabilities(): MachineFact {
  const mask = BigInt(`0x${statusField("CapBnd") ?? "0"}`);
  const missing = Object.entries(capabilityNumbers).flatMap(([name, number]) =>
    (mask >> BigInt(number)) & 1n ? [] : [name],
  );
  if (missing.length === 0) return { what: "capabilities", state: "ok", detail: "all in the bounding set" };
  return {
    what: "capabilities",
    state: missing.includes("CAP_SYS_ADMIN") ? "lacks" : "note",
    detail: `not in the bounding set: ${missing.join(", ")}`,
    consequence: "a config that asks for one of these cannot be started here",
    cure: "run where nothing was taken from root (a container usually takes some away)",
  };
}

function statusField(name: string): string | undefined {
  return new RegExp(`^${name}:\\t(.*)$`, "m").exec(readFileSync("/proc/self/status", "utf8"))?.[1];
}

function cgroups(): MachineFact {
  const mode = machine().cgroups;
  if (mode === "none") {
    return {
      what: "cgroups",
      state: "lacks",
      detail: "no hierarchy is mounted",
      consequence: "no runtime can place a cell",
      cure: "mount -t cgroup2 none /sys/fs/cgroup",
    };
  }
  return { what: "cgroups", state: "ok", detail: `${mode}, ${cgroupMounts().length} hierarchies` };
}

/** seccomp(2): filters, and the actions that the kernel knows. */
function seccomp(): MachineFact {
  const what = "seccomp";
  if (statusField("Seccomp") === undefined) {
    const consequence = "seccomp profiles are not applied, or configs that have one cannot start";
    return { what, state: "lacks", detail: "this kernel has none", consequence };
  }
  const actions = readText("/proc/sys/kernel/seccomp/actions_avail")?.trim().split(" ") ?? [];
  return {
    what,
    state: "ok",
    detail: actions.length === 0 ? "there" : `${actions.length} actions: ${actions.join(", ")}`,
  };
}

function tool(name: string, consequence: string): MachineFact {
  const path = findTool(name);
  return path === undefined
    ? { what: name, state: "lacks", detail: "not installed", consequence, cure: installHint(name) }
    : { what: name, state: "ok", detail: path };
}

function staticShell(): MachineFact {
  const path = findTool("busybox");
  return path === undefined
    ? {
        what: "busybox",
        state: "note",
        detail: "not installed; the probe uses the host's shell and its libraries",
        cure: installHint("busybox"),
      }
    : { what: "busybox", state: "ok", detail: path };
}

/** Cases have stand-ins for these. */
function imageTool(name: string): MachineFact {
  const path = findTool(name);
  if (path !== undefined) return { what: name, state: "ok", detail: path };
  const consequence = "metalor's prepareOciRootfs makes no root from a real image";
  return { what: name, state: "note", detail: "not installed", consequence, cure: installHint(name) };
}

function rawCalls(): MachineFact {
  const machine = findMachine(process.arch);
  if (machine !== undefined) return { what: "raw system calls", state: "ok", detail: machine.name };
  const known = Object.values(machines).map(({ name }) => name);
  return {
    what: "raw system calls",
    state: "lacks",
    detail: `no code for ${process.arch}, only for ${known.join(" and ")}`,
    consequence: "rules that need them are not observable",
  };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
