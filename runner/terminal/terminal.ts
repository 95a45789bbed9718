/** What a command reads from and writes to. The command line has the real one, a test its own. */

/** A stream of text. */
export interface Output {
  write(text: string): void;
  /** Resolves when what was written has left the process; a slow reader is waited for. */
  drain(): Promise<void>;
  readonly isTTY: boolean;
  /** Width in characters; 100 when it is no terminal. */
  readonly columns: number;
}

/** Where a command stands. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Standard input. A function, because opening it has effects of its own: only who reads it calls it. */
  stdin(): AsyncIterable<Uint8Array>;
  readonly env: { readonly [name: string]: string | undefined };
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}
