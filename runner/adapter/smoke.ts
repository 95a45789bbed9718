/** The work of `cupel smoke`: tries an adapter, and tells how it went, one trial a line. */

import type { Introduction } from "../../src/suite/introduction.ts";
import { printable } from "../../src/suite/printable.ts";
import { findSystem, systems } from "../../src/systems/registry.ts";
import type { Context } from "../arguments/command.ts";
import { nearest } from "../arguments/nearest.ts";
import { dataRoot } from "../load/data-root.ts";
import { loadCases } from "../load/load-cases.ts";
import { loadGoldens } from "../load/load-goldens.ts";
import { optionsAgain } from "../report/again.ts";
import { shellQuote } from "../report/shell-quote.ts";
import { colorOption } from "../terminal/color-option.ts";
import { paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { wrap } from "../terminal/wrap.ts";
import { brokenStart, brokenTrial, type Tried, trials } from "./trials.ts";
import { type Asking, withAdapter } from "./with-adapter.ts";

/** Each breakdown may take a whole time limit, and the first ones tell most. */
const mostBreakdowns = 3;

/** Of standard error, so many lines are shown for a trial. */
const mostLines = 8;

/** Tries the adapter `command`; exit code 0, 1 when an answer was wrong, 3 when it broke down, 4 when there was nothing to ask. */
export async function smoke(context: Context, command: string): Promise<number> {
  const root = dataRoot(context.flags.value("cases"), context.cwd);
  const cases = loadCases(root);
  const goldens = loadGoldens(root, cases, false);
  const tell = teller(context);
  return await withAdapter(context, command, async ({ adapter, directories }: Asking) => {
    const { introduced } = adapter;
    if ("kind" in introduced) {
      tell("an introduction", brokenStart(introduced, command));
      return tell.end("");
    }
    tell(`an introduction: ${describe(introduced)}`, { verdict: "ok", errors: "" });
    for (const note of oddities(introduced)) tell.note(note);
    const again = optionsAgain(context.flags, ["cases", "adapter", "adapter-timeout"]);
    const all = trials({
      adapter,
      introduction: introduced,
      directories,
      cases,
      goldenOf: (c) => goldens.of(c.fullId),
      checkLine: (c) => `cupel check ${shellQuote(c.fullId)}${again}`,
    });
    let name = "";
    for (const trial of all) {
      if (tell.breakdowns() >= mostBreakdowns) {
        tell.note(`stopped after ${mostBreakdowns} breakdowns; mend them first`);
        return tell.end("");
      }
      let tried = await trial.run();
      if (tried.blames === "previous") {
        tell(name, tried);
        tried = await trial.run();
      }
      name = trial.name;
      tell(name, tried);
    }
    const end = await adapter.close();
    tell(
      end?.blames === "previous" ? name : "the end",
      end === undefined ? { verdict: "ok", errors: "" } : brokenTrial(end),
    );
    if (all.length === 0) {
      tell.note("it implements nothing that the table asks for");
      return 4;
    }
    return tell.end(`next: cupel check${again}`);
  });
}

function describe({ implementation: { name, version }, operations }: Introduction): string {
  const parts = Object.entries(operations).map(
    ([system, names]) => `${system} (${names.length} ${names.length === 1 ? "operation" : "operations"})`,
  );
  return `${name} ${version}, ${parts.length === 0 ? "no system" : parts.join(", ")}`;
}

/** Names in an introduction that mean nothing to us: slips of the fingers, mostly. */
function oddities({ operations }: Introduction): readonly string[] {
  const known = systems.map(({ name }) => name);
  return Object.entries(operations).flatMap(([system, names]) => {
    if (!known.includes(system)) return [unknown("system", system, nearest(system, known))];
    const own = Object.keys(findSystem(system).operations);
    return names
      .filter((name) => !own.includes(name))
      .map((name) => unknown("operation", `${system}/${name}`, nearest(name, own)));
  });
}

function unknown(kind: string, name: string, meant: string | undefined): string {
  return `there is no ${kind} ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

/** Tells of trials, and counts them. */
interface Teller {
  (name: string, tried: Tried): void;
  note(text: string): void;
  /** How many trials ended with a breakdown. */
  breakdowns(): number;
  /** The last lines; gives the exit code. */
  end(next: string): number;
}

function teller({ stdout, env, flags }: Context): Teller {
  const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
  const words = { ok: paint.green("ok    "), wrong: paint.red("WRONG "), broken: paint.yellow("BROKEN") };
  const count = { ok: 0, wrong: 0, broken: 0 };
  const write = (text: string, first: string, rest: string): void => {
    stdout.write(`${wrap(printable(text), Math.min(stdout.columns, 100), first, rest)}\n`);
  };
  let lastCure: string | undefined;
  const tell = (name: string, { verdict, seen, cure, errors }: Tried): void => {
    count[verdict] += 1;
    write(name, `${words[verdict]}  `, "        ");
    if (verdict === "ok") return;
    if (seen !== undefined) write(seen, "        seen    ", "                ");
    const lines = errors === "" ? [] : errors.split("\n").slice(-mostLines);
    for (const [index, line] of lines.entries()) {
      write(line, index === 0 ? "        stderr  " : "                ", "                ");
    }
    // Said again it would only hide what is new.
    if (cure !== undefined && cure !== lastCure) write(cure, "        cure    ", "                ");
    lastCure = cure;
  };
  return Object.assign(tell, {
    breakdowns: () => count.broken,
    note: (text: string) => write(text, `${paint.yellow("note  ")}  `, "        "),
    end: (next: string) => {
      const parts = (["ok", "wrong", "broken"] as const).filter((each) => count[each] > 0);
      stdout.write(`\n${parts.map((each) => `${count[each]} ${each}`).join(", ")}\n`);
      const exit = count.wrong > 0 ? 1 : count.broken > 0 ? 3 : 0;
      if (exit === 0) stdout.write(`${printable(next)}\n`);
      return exit;
    },
  });
}
