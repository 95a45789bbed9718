/** Has `cupel check` judge a miniature implementation. */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { shellQuote } from "../../runner/report/shell-quote.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { commandOf } from "../guard/prepare.ts";
import { root } from "../guard/run-file.ts";
import { cupel, type Setup } from "../runner/terminal.ts";

/** How a miniature was judged. */
export interface Judged {
  readonly exit: number;
  readonly events: readonly Event[];
  readonly checks: readonly CheckEvent[];
  /** `ID VERDICT CODE` of every check that neither passed nor was blocked by another, in the order of ids. */
  readonly red: readonly string[];
  /** What people are told. */
  readonly text: string;
}

/** The command line that starts test/adapters/programs/NAME.ts with the engine that runs the tests. */
export function programCommand(name: string): string {
  const file = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));
  return commandOf(file, root).map(shellQuote).join(" ");
}

/** `cupel check PATTERNS --adapter COMMAND`, with further arguments. */
export async function checkWith(
  command: string,
  patterns: readonly string[],
  more: readonly string[] = [],
  setup: Setup = {},
): Promise<Judged> {
  const patience = more.includes("--adapter-timeout") ? [] : ["--adapter-timeout", "300"];
  const argv = ["check", ...patterns, "--adapter", command, ...patience, "--reporter", "ndjson", ...more];
  const { exit, stdout, stderr } = await cupel(argv, { env: ownEnvironment(), ...setup });
  if (stdout === "") throw new Error(stderr);
  const events = readEvents(stdout, "the report");
  const checks = events.filter((event) => event.type === "check");
  const red = checks
    .filter(({ verdict, code }) => verdict !== "pass" && code !== "blocked")
    .map(({ id, verdict, code }) => `${id} ${verdict} ${code}`)
    .sort();
  return { exit, events, checks, red, text: stderr };
}

/** The environment of the tests, which an engine may need for its caches. */
export function ownEnvironment(): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
