/** Carries out an operation, whoever asks for it, with the hands it needs and no more. */
import process from "node:process";
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { findOperation } from "../../src/systems/registry.ts";
import { effectsOf } from "../../src/systems/system.ts";
import { canJail } from "../execute/jail/can-jail.ts";
import { askHelperInJail } from "./ask-helper.ts";
import { namedDirectories } from "./named-directories.ts";
import { realHost } from "./real-host.ts";
import { withScratchDirectory } from "./scratch-directory.ts";

/**
 * What the operation gives. One that touches files works in a fresh directory, removed afterwards, and below the temporary
 * directories that the request names; one that changes namespaces runs the request's own command, as the caller, in a jail of
 * its own, and only when that is `trusted`. Throws CupelError `untrusted-command`, `needs-jail` where there can be no jail, `refused-for-safety` for what leads elsewhere, and whatever the operation throws.
 */
export function runOperation(system: string, name: string, request: Json, options: Json, trusted: boolean): Json {
  const operation = findOperation(system, name);
  const effects = effectsOf(operation, options);
  if (effects === "none") {
    const host = memoryHost();
    return operation.run(request, options, { ...host, process: { ...host.process, pid: process.pid } });
  }
  const named = namedDirectories(request, options);
  return withScratchDirectory((directory) => {
    const below = [directory, ...named];
    if (effects === "files") return operation.run(request, options, realHost(below));
    if (!trusted) {
      throw new CupelError("untrusted-command", `${system}/${name} runs the command of its request on this machine`, {
        hint: "read the request, then add --trust-commands",
      });
    }
    const obstacle = canJail();
    if (obstacle !== undefined) throw new CupelError("needs-jail", obstacle, { exit: 3 });
    return askHelperInJail({ kind: "operation", system, operation: name, request, options, below });
  });
}
