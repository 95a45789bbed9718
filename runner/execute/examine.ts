/** What this machine can execute: the facts behind `cupel doctor`, each with what it means and how to cure it. */
import { existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { CupelError } from "../../src/errors.ts";
import { capabilityNumbers } from "../../src/oci/vocabulary.ts";
import type { Profile } from "../../src/suite/profile.ts";
import { machine } from "../host/machine.ts";
import { cgroupMounts } from "./jail/cgroups.ts";
import { findTool, installHint } from "./jail/tools.ts";
import { callsAvailable } from "./probe/calls.ts";
import { findRuntime } from "./runtime/runtime.ts";

/** One fact. `lacks` means that something will be skipped or refused because of it. */
export interface MachineFact {
  readonly what: string;
  readonly state: "ok" | "lacks" | "note";
  readonly detail: string;
  /** What is lost, for `lacks`. */
  readonly consequence?: string;
  /** The command or setting that cures it. */
  readonly cure?: string;
}

/** Examines this machine for the given runtimes. Starts each runtime once, with its version option, and nothing else. */
export async function examine(profiles: readonly Profile[]): Promise<readonly MachineFact[]> {
  return [
    interpreter(),
    { what: "kernel", state: "ok", detail: `Linux ${release()}` },
    caller(),
    capabilities(),
    cgroups(),
    userNamespaces(),
    subordinateIds(),
    tool("setpriv", "no jail, so no cell is executed"),
    tool("unshare", "no jail, so no cell is executed"),
    tool("mount", "no work file system, so no cell is executed"),
    tool("script", "cells whose config wants a terminal fail"),
    staticShell(),
    rawCalls(),
    ...(await Promise.all(profiles.map(runtime))),
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
    state: "lacks",
    detail: `uid ${uid}`,
    consequence: "cells are skipped; check, validate, diff, list and generate work",
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

function userNamespaces(): MachineFact {
  const max = readNumber("/proc/sys/user/max_user_namespaces");
  const debian = readNumber("/proc/sys/kernel/unprivileged_userns_clone");
  const ubuntu = readNumber("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
  if (max === 0) {
    return {
      what: "user namespaces",
      state: "lacks",
      detail: "user.max_user_namespaces is 0",
      consequence: "rootless cells cannot start",
      cure: "sysctl -w user.max_user_namespaces=15000",
    };
  }
  if (debian === 0 || ubuntu === 1) {
    return {
      what: "user namespaces",
      state: "note",
      detail: "only root may make them",
      cure:
        debian === 0
          ? "sysctl -w kernel.unprivileged_userns_clone=1"
          : "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    };
  }
  return { what: "user namespaces", state: "ok", detail: max === undefined ? "allowed" : `allowed, at most ${max}` };
}

function subordinateIds(): MachineFact {
  const files = ["/etc/subuid", "/etc/subgid"].filter((file) => !existsSync(file));
  if (files.length === 0)
    return { what: "subordinate ids", state: "ok", detail: "/etc/subuid and /etc/subgid are there" };
  return {
    what: "subordinate ids",
    state: "note",
    detail: `${files.join(" and ")} missing; root uses 100000`,
    cure: installHint("uidmap"),
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

function rawCalls(): MachineFact {
  return callsAvailable(process.arch)
    ? { what: "raw system calls", state: "ok", detail: process.arch }
    : {
        what: "raw system calls",
        state: "lacks",
        detail: `no code for ${process.arch} yet`,
        consequence: "rules that need them are not observable",
      };
}

async function runtime(profile: Profile): Promise<MachineFact> {
  try {
    const found = await findRuntime(profile);
    if ("path" in found) return { what: profile.name, state: "ok", detail: `${found.version}, ${found.path}` };
    const consequence = `cells on ${profile.name} are skipped`;
    return { what: profile.name, state: "lacks", detail: "not installed", consequence, cure: found.cure };
  } catch (error) {
    if (!(error instanceof CupelError)) throw error;
    return { what: profile.name, state: "lacks", detail: error.message, consequence: `cells on ${profile.name} fail` };
  }
}

function readNumber(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
