/** Runs cells in a program that stands in the place of runc: a small shell script around the real one. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { findTool } from "../../runner/execute/jail/tools.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { leftOf } from "./host-print.ts";
import { finish, startCupel } from "./self.ts";

/** What became of a run in such a program. */
export interface StrangeRun {
  readonly code: number | null;
  readonly stderr: string;
  /** The check `starts` of each cell. */
  readonly starts: readonly CheckEvent[];
  readonly others: readonly CheckEvent[];
  /** What is left on the machine of the run and of the program: nothing, unless something is wrong. */
  readonly left: readonly string[];
}

/** A program in runc's place. */
export interface StrangeRuntime {
  /** `cupel run PATTERN... --runtime runc=PROGRAM`. */
  run(patterns: readonly string[], ...options: readonly string[]): Promise<StrangeRun>;
  /** A file that the program has written to `$here`. */
  wrote(name: string): string;
}

/** What the program is made of. */
export interface Script {
  /**
   * What it does when it is asked to run a cell, with the bundle as working directory. `$real` is runc, `$here` a
   * directory of the program's own, `$@` its arguments.
   */
  readonly run: string;
  /** What it does when it is asked anything else; runc does it when absent. */
  readonly other?: string;
}

/** Makes such a program, hands it to `body`, and removes it. */
export async function strangeRuntime(script: Script, body: (runtime: StrangeRuntime) => Promise<void>): Promise<void> {
  const here = mkdtempSync(`${tmpdir()}/cupel-strange-`);
  const program = `#!/bin/sh
real=${findTool("runc")} here=${here}
run() {
${script.run}
}
other() {
${script.other ?? 'exec "$real" "$@"'}
}
case " $* " in
  *" run "*) pwd >>"$here/cells"; run "$@" ;;
  *) other "$@" ;;
esac
`;
  try {
    writeFileSync(`${here}/runc`, program, { mode: 0o755 });
    await body({
      run: async (patterns, ...options) => {
        const words = ["run", ...patterns, "--runtime", `runc=${here}/runc`, "--jobs", "1", "--reporter", "json"];
        const { code, stdout, stderr } = await finish(startCupel([...words, ...options]));
        const checks = stdout === "" ? [] : (JSON.parse(stdout) as { checks: CheckEvent[] }).checks;
        const isStart = ({ id }: CheckEvent): boolean => id.includes("#run/starts[");
        const id = /\/run-([0-9a-f]+)-/.exec(read(`${here}/cells`))?.[1];
        const left = [...(id === undefined ? [] : leftOf(id)), ...processesOf(here)];
        rmSync(`${here}/cells`, { force: true });
        return { code, stderr, starts: checks.filter(isStart), others: checks.filter((each) => !isStart(each)), left };
      },
      wrote: (name) => read(`${here}/${name}`),
    });
  } finally {
    rmSync(here, { recursive: true });
  }
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
