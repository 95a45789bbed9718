/** What a daemon finds out about the machine when it starts, as BuildKit does. */
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { statusRow } from "./process-status.ts";

/** The architecture in Go's words; Node's own word where Go has none for it. */
export function goArchitecture(): string {
  const words: { readonly [arch: string]: string } = {
    x64: "amd64",
    ia32: "386",
    mipsel: "mipsle",
    mips64el: "mips64le",
  };
  return words[process.arch] ?? process.arch;
}

/** Whether the kernel knows seccomp; without it the row is missing (proc_pid_status(5)). */
export function seccompSupported(): boolean {
  return statusRow("Seccomp") !== undefined;
}

/** Whether this process is in a user namespace with a map of its own. */
export function inUserNamespace(): boolean {
  const [first = ""] = readText("/proc/self/uid_map").split("\n");
  return first !== "" && first.trim().split(/\s+/).join(" ") !== "0 0 4294967295";
}

/** The first loop device that nothing is attached to, as loop(4) would give it; null where there is no loop control. */
export function freeLoopDevice(): number | null {
  if (!existsSync("/dev/loop-control")) return null;
  for (let number = 0; ; number++) {
    if (!existsSync(`/sys/block/loop${number}/loop/backing_file`)) return number;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
