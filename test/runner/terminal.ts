/** A terminal for tests: what a command writes is kept, its input is given. */
import { main } from "../../runner/cli.ts";
import type { Output, Terminal } from "../../runner/terminal/terminal.ts";

/** What a test may say about its terminal. */
export interface Setup {
  readonly stdin?: string | Uint8Array;
  readonly env?: { readonly [name: string]: string };
  readonly cwd?: string;
  /** Whether both outputs are terminals. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How a command ended. */
export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line `cupel ARGV...` in this process. */
export async function cupel(argv: readonly string[], setup: Setup = {}): Promise<Ended> {
  const stdout = recorder(setup);
  const stderr = recorder(setup);
  const input =
    typeof setup.stdin === "string" ? new TextEncoder().encode(setup.stdin) : (setup.stdin ?? new Uint8Array());
  const terminal: Terminal = {
    stdout: stdout.output,
    stderr: stderr.output,
    stdin: () => once(input),
    env: setup.env ?? {},
    cwd: setup.cwd ?? "/",
    now: () => 0,
  };
  const exit = await main(argv, terminal);
  return { exit, stdout: stdout.text(), stderr: stderr.text() };
}

function recorder({ isTTY = false, columns = 100 }: Setup): { readonly output: Output; text(): string } {
  let all = "";
  const output: Output = {
    write: (text) => {
      all += text;
    },
    drain: () => Promise.resolve(),
    isTTY,
    columns,
  };
  return { output, text: () => all };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
