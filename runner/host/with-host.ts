/** Gives an operation the hands it needs, and no more. */
import process from "node:process";
import { CupelError } from "../../src/errors.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import type { Host } from "../../src/systems/host.ts";
import type { Operation } from "../../src/systems/system.ts";
import { realHost } from "./real-host.ts";
import { withScratchDirectory } from "./scratch-directory.ts";

/**
 * Runs `work` with a host for `operation`: real files in a fresh working directory, removed afterwards, for an operation
 * that touches files; none for one that touches nothing. Throws CupelError `needs-jail` for one that touches namespaces.
 */
export function withHost<Result>({ effects }: Pick<Operation, "effects">, work: (host: Host) => Result): Result {
  if (effects === "files") return withScratchDirectory((directory) => work(realHost(directory)));
  if (effects === "namespace") {
    throw new CupelError("needs-jail", "this operation changes namespaces, and runs only in the jail of cupel run", {
      exit: 3,
    });
  }
  const host = memoryHost();
  return work({ ...host, process: { ...host.process, pid: process.pid } });
}
