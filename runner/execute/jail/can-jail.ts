/** Whether this caller can have a jail, before anything is tried. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { capabilityNumbers } from "../../../src/oci/vocabulary.ts";
import { findTool, installHint, minimalEnvironment } from "./tools.ts";

/** Who a run belongs to: root of the machine, or an ordinary user, whose jail is a user namespace (user_namespaces(7)). */
export type Caller = "privileged" | "unprivileged";

/** What the caller of this process is. */
export function callerKind(): Caller {
  return process.getuid?.() === 0 ? "privileged" : "unprivileged";
}

/** The variable by which the inner half of a run knows where it is: JSON of the JailFacts in enter.ts. */
export const jailVariable = "CUPEL_JAIL";

/** Options of unshare(1) that give an ordinary user a user namespace: with its subordinate ids, which needs newuidmap(1), or of its own id alone. */
const userNamespaces: readonly (readonly string[])[] = [
  ["--user", "--map-root-user", "--map-auto"],
  ["--user", "--map-root-user"],
];

/** Why cells cannot be executed by this caller, with the cure; undefined when they can. */
export function canJail(): string | undefined {
  if (process.platform !== "linux") return "cells are executed on Linux only";
  if (process.env[jailVariable] !== undefined) return undefined; // the inner half makes sure of where it is by itself
  if (callerKind() === "unprivileged") {
    const found = userNamespace();
    return "problem" in found ? found.problem : undefined;
  }
  const effective = /^CapEff:\t([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  if (((BigInt(`0x${effective}`) >> BigInt(capabilityNumbers["CAP_SYS_ADMIN"] ?? 21)) & 1n) === 0n) {
    return "executing cells needs root with CAP_SYS_ADMIN; a container usually takes it away (docker run --privileged gives it)";
  }
  if (!/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync("/proc/self/uid_map", "utf8"))) {
    return "executing cells needs the root of the machine, not of a user namespace";
  }
  return undefined;
}

/** Options of unshare(1) for the best user namespace that this user can have, found out by making it; or why it can have none. */
export function userNamespace(): { readonly options: readonly string[] } | { readonly problem: string } {
  known ??= tryUserNamespaces();
  return known;
}

let known: ReturnType<typeof userNamespace> | undefined;

function tryUserNamespaces(): ReturnType<typeof userNamespace> {
  const unshare = findTool("unshare");
  if (unshare === undefined) return { problem: `executing cells needs unshare; ${installHint("unshare")}` };
  let said = "";
  for (const options of userNamespaces) {
    const { status, stderr } = spawnSync(unshare, [...options, "--", findTool("true") ?? "true"], {
      env: minimalEnvironment,
      stdio: ["pipe", "pipe", "pipe"],
      encoding: "utf8",
      timeout: 60_000,
    });
    if (status === 0) return { options };
    said = stderr.trim().split("\n")[0] ?? "";
  }
  return {
    problem: `executing cells needs root, or a user namespace, which this user cannot have (${said}); run it with sudo, or see cupel doctor`,
  };
}

/** Whether ids other than one are mapped into the user namespace of this process (proc_pid_uid_map(5)). */
export function hasManyIds(): boolean {
  const ranges = readFileSync("/proc/self/uid_map", "utf8").trim().split("\n");
  return ranges.length > 1 || Number(ranges[0]?.trim().split(/\s+/)[2]) > 1;
}
