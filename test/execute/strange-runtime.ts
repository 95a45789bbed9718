/** Executes cells in programs that stand in the place of runc: small shell scripts around the real one, all in one jail. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { findTool } from "../../runner/execute/jail/tools.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { leftOf } from "./host-print.ts";
import { finish, startProgram } from "./self.ts";

/** A program in runc's place. */
export interface StrangeRuntime {
  /**
   * What it does when it is asked to run a cell, with the bundle as working directory. `$real` is runc, `$here` a
   * directory of the program's own, `$@` its arguments.
   */
  readonly run: string;
  /** What it does when it is asked anything else; runc does it when absent. */
  readonly other?: string;
  /** The case that it executes. */
  readonly case?: string;
  /** How often; once when absent. */
  readonly times?: number;
  /** Milliseconds that a cell may take. */
  readonly timeout?: number;
}

/** What became of one cell. */
export interface StrangeCell {
  /** The check `starts`. */
  readonly starts: CheckEvent;
  readonly others: readonly CheckEvent[];
}

/** What became of all. */
export interface StrangeRuns<Name extends string> {
  /** The cells of each program, in order. */
  readonly cells: { readonly [name in Name]: readonly StrangeCell[] };
  /** A file that each program may have written: `$here/noted`. */
  readonly noted: { readonly [name in Name]: string };
  /** What is left on the machine of the run and of the programs: nothing, unless something is wrong. */
  readonly left: readonly string[];
}

/** What test/execute/programs/strange-runtimes.ts is told of a program. */
export interface StrangeOrder {
  readonly name: string;
  readonly path: string;
  readonly case: string;
  readonly times: number;
  readonly timeout: number;
}

/** Executes the cells of all `runtimes`, one after another, in the order given. */
export async function strangeRuns<Name extends string>(
  runtimes: {
    readonly [name in Name]: StrangeRuntime;
  },
): Promise<StrangeRuns<Name>> {
  const base = mkdtempSync(`${tmpdir()}/cupel-strange-`);
  try {
    const names = Object.keys(runtimes) as Name[];
    const orders = names.map((name, index): StrangeOrder => {
      const { case: id = "obuilder/network/off", times = 1, timeout = 120_000 } = runtimes[name];
      return { name, path: place(runtimes[name], `${base}/${index}`), case: id, times, timeout };
    });
    writeFileSync(`${base}/orders`, JSON.stringify(orders));
    const child = startProgram("test/execute/programs/strange-runtimes.ts", [`${base}/orders`]);
    const { code, stdout, stderr } = await finish(child);
    if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
    const { run, cells } = JSON.parse(stdout) as { run: string; cells: { [name in Name]: CheckEvent[][] } };
    return {
      cells: each(names, (name) =>
        cells[name].map(([starts, ...others]) => ({ starts: starts as CheckEvent, others })),
      ),
      noted: each(names, (_, index) => read(`${base}/${index}/noted`)),
      left: [...leftOf(run), ...processesOf(base)],
    };
  } finally {
    rmSync(base, { recursive: true });
  }
}

/** Writes the program into a directory of its own; gives its path. */
function place({ run, other }: StrangeRuntime, here: string): string {
  const program = `#!/bin/sh
real=${findTool("runc")} here=${here}
run() {
${run}
}
other() {
${other ?? 'exec "$real" "$@"'}
}
case " $* " in
  *" run "*) run "$@" ;;
  *) other "$@" ;;
esac
`;
  mkdirSync(here);
  writeFileSync(`${here}/runc`, program, { mode: 0o755 });
  return `${here}/runc`;
}

function each<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name, index: number) => Value,
): { readonly [name in Name]: Value } {
  return Object.fromEntries(names.map((name, index) => [name, value(name, index)])) as { [name in Name]: Value };
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Command lines of processes that carry `word`. */
function processesOf(word: string): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^[0-9]+$/.test(pid)) return [];
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return line.includes(word) ? [line] : [];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
