/** `cupel doctor`: what this machine can execute, what will be skipped and why, and the cure. */
import type { Command, Context } from "../arguments/command.ts";
import { tableOptions } from "../arguments/common-options.ts";
import { expectNoOperands } from "../arguments/operands.ts";
import type { MachineFact } from "../execute/examine/fact.ts";

/** Examines the machine; exit 4 when no cell could be executed. */
export const command: Command = {
  name: "doctor",
  summary: "say what this machine can execute, what will be skipped and why, and the cure",
  usage: ["doctor [--as USER] [--json]"],
  details: "Changes nothing. Exit 0 when cells can be executed here, 4 when not a single one can.",
  options: {
    ...(tableOptions["cases"] === undefined ? {} : { cases: tableOptions["cases"] }),
    as: { type: "value", value: "USER", help: "what this ordinary user lacks for cupel run --as USER" },
    json: { type: "switch", help: "the same as one JSON document" },
  },
  run: async (context) => {
    expectNoOperands(context.operands, "doctor");
    const [{ examine }, { canJail }, { loadProfiles }, { dataRoot }] = await Promise.all([
      import("../execute/examine/examine.ts"),
      import("../execute/jail/can-jail.ts"),
      import("../load/load-profiles.ts"),
      import("../load/data-root.ts"),
    ]);
    const profiles = loadProfiles(dataRoot(context.flags.value("cases"), context.cwd));
    const obstacle = canJail();
    const found = await examine(profiles, context.flags.value("as"));
    const facts = obstacle === undefined || found.some(isFatal) ? found : [...found, jailLacks(obstacle)];
    const runs = new Set(profiles.map(({ name, kind }) => (kind === "unshare" ? `runtime ${name}` : name)));
    const able = !facts.some(isFatal) && facts.some(({ what, state }) => runs.has(what) && state === "ok");
    if (context.flags.has("json")) context.stdout.write(`${JSON.stringify({ facts, able }, null, 2)}\n`);
    else await show(context, facts, able);
    return able ? 0 : 4;
  },
};

/** The same words as the skips of a run have. */
function jailLacks(obstacle: string): MachineFact {
  return {
    what: "jail",
    state: "lacks",
    detail: obstacle,
    consequence: "cells are skipped; all that needs no cell works",
  };
}

/** Without these not a single cell can be executed. */
function isFatal({ what, state }: MachineFact): boolean {
  return (
    state === "lacks" && ["caller", "capabilities", "cgroups", "jail", "setpriv", "unshare", "mount"].includes(what)
  );
}

async function show(context: Context, facts: readonly MachineFact[], able: boolean): Promise<void> {
  const [{ printable }, { paintFor }, { wantsColor }, { colorOption }, { wrap }] = await Promise.all([
    import("../../src/suite/printable.ts"),
    import("../terminal/paint.ts"),
    import("../terminal/wants-color.ts"),
    import("../terminal/color-option.ts"),
    import("../terminal/wrap.ts"),
  ]);
  const paint = paintFor(wantsColor(context.stdout, context.env, colorOption(context.flags)));
  const marks = { ok: paint.green("ok   "), lacks: paint.red("LACKS"), note: paint.yellow("note ") };
  const width = Math.max(...facts.map(({ what }) => what.length));
  const indent = " ".repeat(width + 8);
  const say = (text: string, first: string, rest: string): void => {
    context.stdout.write(`${wrap(printable(text), context.stdout.columns, first, rest)}\n`);
  };
  for (const { what, state, detail, consequence, cure } of facts) {
    say(detail, `${marks[state]} ${what.padEnd(width)}  `, indent);
    if (consequence !== undefined) say(consequence, `${indent}so: `, `${indent}    `);
    if (cure !== undefined) say(cure, `${indent}cure: `, `${indent}      `);
  }
  const summary = able ? "Cells can be executed here: cupel run" : "No cell can be executed here; cupel check works";
  context.stdout.write(`\n${summary}\n`);
}
