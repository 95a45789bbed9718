/**
 * The canaries of a run: what a cell must not see, though it is really there. They live in the jail: a process that
 * also holds an abstract socket, a listener on the loopback interface, a variable and a descriptor given to the runtime.
 */
import { randomBytes } from "node:crypto";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { execa } from "execa";
import { CupelError } from "../../../src/errors.ts";
import { abstractAddress, callsAvailable } from "../probe/calls.ts";
import { emitProgram, type RawCall } from "../probe/elf.ts";
import { needTool } from "./tools.ts";

/** The live canaries. */
export interface Canaries {
  readonly token: string;
  /** Of the canary process, in the jail's pid namespace. */
  readonly pid: number;
  /** Of the listener on 127.0.0.1. */
  readonly port: number;
  /** Name of the abstract socket, without the NUL. */
  readonly socket: string;
  /** The host's name when the run began. */
  readonly hostname: string;
  /** Whether the canary process holds the socket (it needs emitted code). */
  readonly hasSocket: boolean;
  /** Ends them. */
  stop(): Promise<void>;
}

/** Name of the environment variable that is given to the runtime and must not arrive in a cell. */
export const canaryVariable = "CUPEL_CANARY";

/** Starts the canaries; `directory` is a directory of the jail's own for the program. Throws {@link CupelError}. */
export async function startCanaries(directory: string): Promise<Canaries> {
  const token = `cupel-canary-${randomBytes(8).toString("hex")}`;
  raisePids();
  const emitted = callsAvailable(process.arch);
  // The token is in the program's path, and so in argv[0], which is all that some greps look at.
  const program = `${directory}/${token}`;
  if (emitted) writeFileSync(program, emitProgram(holdSocket(token)), { mode: 0o755 });
  else symlinkSync(needTool("sh"), program);
  const child = execa(program, emitted ? [] : ["-c", "echo ready; read -r _"], {
    env: {},
    extendEnv: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
  });
  const listener = createServer((socket) => socket.destroy());
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child;
    await new Promise((resolve) => listener.close(resolve));
  };
  try {
    await new Promise<void>((resolve, reject) => {
      listener.once("error", reject);
      listener.listen(0, "127.0.0.1", resolve);
    });
    await ready(child.stdout);
  } catch (error) {
    await stop();
    throw error;
  }
  const address = listener.address();
  return {
    token,
    pid: child.pid ?? 0,
    port: typeof address === "object" && address !== null ? address.port : 0,
    socket: token,
    hostname: hostname(),
    hasSocket: emitted,
    stop,
  };
}

/** socket(2), bind(2), a word to say that it is there, then waiting for standard input to end. */
function holdSocket(name: string): readonly RawCall[] {
  const address = abstractAddress(name);
  const word = new TextEncoder().encode("ready\n");
  return [
    { call: "socket", arguments: [1n, 2n, 0n] },
    { call: "bind", arguments: ["previous-result", address, BigInt(address.length)] },
    { call: "write", arguments: [1n, word, BigInt(word.length)] },
    { call: "read", arguments: [0n, new Uint8Array(8), 1n] },
  ];
}

/**
 * Lets the jail's next pids begin high, so that no process of a cell can have the canary's number by chance
 * (proc(5), /proc/sys/kernel/ns_last_pid; it belongs to the jail's own pid namespace).
 */
function raisePids(): void {
  try {
    writeFileSync("/proc/sys/kernel/ns_last_pid", "20000");
  } catch {
    // Without it the signal question is still answered; only a chance collision could confuse it.
  }
}

function ready(output: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once("data", () => resolve());
    output.once("end", () =>
      reject(new CupelError("canary", "The canary process did not start", { hint: "run cupel doctor", exit: 3 })),
    );
  });
}
