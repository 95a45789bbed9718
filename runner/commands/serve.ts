/** `cupel serve`: our own generators behind the adapter protocol. */
import type { Command } from "../arguments/command.ts";
import { expectNoOperands } from "../arguments/operands.ts";

/** Answers on standard input and output until it is told to stop. */
export const command: Command = {
  name: "serve",
  summary: "answer the adapter protocol (JSON-RPC 2.0, one message a line) with our own systems",
  usage: ["serve [--trust-commands]"],
  details:
    "Methods: initialize, generate, shutdown. Ends with 0 after shutdown and at the end of its input. An operation that writes files does so in a fresh directory of its own, which is removed afterwards, and below the temporary directories cupel-request-... that its request names (in TMPDIR, /tmp, /var/tmp or /dev/shm); elsewhere it refuses. An operation that runs the command of its request (metalor/cell and command with real mounts) does so only with --trust-commands.",
  options: {
    "trust-commands": { type: "switch", help: "let operations that run a request's command (metalor/cell) do so" },
  },
  run: async (context) => {
    expectNoOperands(context.operands, "serve");
    const { serve } = await import("../adapter/serve.ts");
    return await serve(context, context.flags.has("trust-commands"));
  },
};
