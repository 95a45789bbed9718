/** Runs a tool of the host. Fact sheet: section 3. */
import { decodeUtf8 } from "../../bytes/utf8.ts";
import { HostError, type Tools } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError } from "../rust-io-error.ts";

/** Runs `argv`, which texts call `description`. Throws {@link Rejection} when it cannot be started, and when it fails, with all that it wrote. */
export function runTool(tools: Tools, description: string, argv: readonly string[]): void {
  if (argv.some((word) => word.includes("\0"))) throw notStarted(description, "nul byte found in provided data");
  const { status, stdout, stderr } = start(tools, description, argv);
  if (status === 0) return;
  throw new Rejection("tool-failed", `${description} failed: ${decodeUtf8(stderr)}${decodeUtf8(stdout)}`);
}

function start(tools: Tools, description: string, argv: readonly string[]): ReturnType<Tools["run"]> {
  try {
    return tools.run(argv);
  } catch (error) {
    if (error instanceof HostError) throw notStarted(description, displayIoError(error));
    throw error;
  }
}

function notStarted(description: string, cause: string): Rejection {
  return new Rejection("tool-not-started", `failed to spawn ${description}: ${cause}`);
}
