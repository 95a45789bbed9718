/** What cells without root need: user namespaces (user_namespaces(7)), subordinate ids (subuid(5)) and who may map them. */
import { readFileSync, statSync } from "node:fs";
import { lacksOf } from "../as-user.ts";
import { callerKind, canJail } from "../jail/can-jail.ts";
import { findTool, installHint } from "../jail/tools.ts";
import type { MachineFact } from "./fact.ts";

/** The facts; `as` is the user of `--as`, when there is one. */
export function ordinaryUserFacts(as: string | undefined): readonly MachineFact[] {
  return [userNamespaces(), mapping("newuidmap"), mapping("newgidmap"), unprivileged(as)];
}

function userNamespaces(): MachineFact {
  const what = "user namespaces";
  const max = readNumber("/proc/sys/user/max_user_namespaces");
  if (max === 0) {
    const consequence = "rootless cells cannot start";
    const cure = "sysctl -w user.max_user_namespaces=15000";
    return { what, state: "lacks", detail: "user.max_user_namespaces is 0", consequence, cure };
  }
  // Switches of Debian's and of Ubuntu's kernels; where they are missing, nothing is restricted.
  const switches = [
    ["/proc/sys/kernel/unprivileged_userns_clone", 0, "kernel.unprivileged_userns_clone=1"],
    ["/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 1, "kernel.apparmor_restrict_unprivileged_userns=0"],
  ] as const;
  const [file, , setting] = switches.find(([path, value]) => readNumber(path) === value) ?? [];
  if (file !== undefined) {
    const consequence = "ordinary users cannot execute cells";
    return {
      what,
      state: "note",
      detail: `only root may make them (${file})`,
      consequence,
      cure: `sysctl -w ${setting}`,
    };
  }
  return { what, state: "ok", detail: max === undefined ? "allowed" : `allowed, at most ${max}` };
}

/** It must be set-uid root or have the capability, else it maps nothing for an ordinary user. */
function mapping(tool: string): MachineFact {
  const path = findTool(tool);
  const consequence = "ordinary users cannot execute cells";
  if (path === undefined) {
    return { what: tool, state: "note", detail: "not installed", consequence, cure: installHint(tool) };
  }
  const { mode, uid } = statSync(path);
  if (uid === 0 && (mode & 0o4000) !== 0) return { what: tool, state: "ok", detail: `${path}, set-uid root` };
  return {
    what: tool,
    state: "note",
    detail: `${path}, without the set-uid bit; file capabilities may stand in for it`,
  };
}

/** Whether this caller, or the user of `--as`, can execute cells without root. */
function unprivileged(as: string | undefined): MachineFact {
  if (as !== undefined) {
    const what = `--as ${as}`;
    const [lack] =
      callerKind() === "privileged"
        ? lacksOf(as)
        : [{ problem: "only root can execute cells as another user", cure: "sudo cupel doctor --as USER" }];
    if (lack === undefined) return { what, state: "ok", detail: "can execute cells with a user namespace" };
    const consequence = "cells cannot be executed as this user";
    return { what, state: "lacks", detail: lack.problem, consequence, cure: lack.cure };
  }
  const what = "without root";
  if (callerKind() === "unprivileged") {
    const obstacle = canJail();
    return obstacle === undefined
      ? { what, state: "ok", detail: "this user can have a jail of its own, a user namespace" }
      : { what, state: "lacks", detail: obstacle, consequence: "cells are skipped" };
  }
  const users = suitableUsers();
  const cure = "useradd --create-home USER, then cupel run --as USER";
  return users.length === 0
    ? {
        what,
        state: "note",
        detail: "no ordinary user has subordinate ids",
        consequence: "cells run as root only",
        cure,
      }
    : { what, state: "ok", detail: `cupel run --as ${users.slice(0, 3).join(", or ")}` };
}

function suitableUsers(): readonly string[] {
  const names = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":")[0] ?? "");
  return names.filter((name) => name !== "" && lacksOf(name).length === 0);
}

function readNumber(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
