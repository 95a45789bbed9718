/** `cupel doctor`: what this machine can execute, what will be skipped and why, and the cure. */
import type { Command, Context } from "../arguments/command.ts";
import { tableOptions } from "../arguments/common-options.ts";
import { expectNoOperands } from "../arguments/operands.ts";
import type { OrdinaryUser } from "../execute/as-user.ts";
import type { MachineFact } from "../execute/examine/fact.ts";
import type { WantedRuntime } from "../execute/examine/runtimes.ts";
import { executingOptions } from "../execute/run-options.ts";

/** Examines the machine; exit 4 when no cell could be executed. */
export const command: Command = {
  name: "doctor",
  summary: "say what this machine can execute, what will be skipped and why, and the cure",
  usage: ["doctor [--as USER] [--runtime NAME[=PATH]] [--json]"],
  details:
    "Starts the smallest cell, and three with one thing more, in every runtime that is here; as harmless as every cell, and nothing is left behind.\n" +
    "Exit 0 when cells can be executed here (by USER, with --as), 4 when not a single one can.",
  options: {
    ...(tableOptions["cases"] === undefined ? {} : { cases: tableOptions["cases"] }),
    as: { type: "value", value: "USER", help: "what this ordinary user lacks for cupel run --as USER" },
    ...(executingOptions["runtime"] === undefined
      ? {}
      : { runtime: { ...executingOptions["runtime"], help: "look at this runtime only; may be repeated" } }),
    ...(executingOptions["profile"] === undefined ? {} : { profile: executingOptions["profile"] }),
    json: { type: "switch", help: "the same as one JSON document" },
  },
  run: async (context) => {
    expectNoOperands(context.operands, "doctor");
    const [{ examine }, { canJail, jailVariable }] = await Promise.all([
      import("../execute/examine/examine.ts"),
      import("../execute/jail/can-jail.ts"),
    ]);
    const runtimes = await wantedByDoctor(context);
    const inside = process.env[jailVariable] !== undefined;
    // In a jail the caller looks like root with everything: what is known outside goes in with it.
    const known = inside
      ? (JSON.parse(process.env[factsVariable] ?? "[]") as readonly MachineFact[])
      : examine(context.flags.value("as"));
    const obstacle = inside ? undefined : canJail();
    if (obstacle !== undefined || known.some(isFatal)) {
      const { runtimeVersions } = await import("../execute/examine/runtimes.ts");
      const jail = obstacle === undefined || known.some(isFatal) ? [] : [jailLacks(obstacle)];
      return await conclude(context, [...known, ...jail, ...(await runtimeVersions(runtimes))], runtimes);
    }
    process.env[factsVariable] = JSON.stringify(known);
    const { withinJail } = await import("../execute/jail/inside.ts");
    return await withinJail(async (jail) => {
      const { triedRuntimes } = await import("../execute/examine/runtimes.ts");
      const tried = await triedRuntimes(jail, runtimes, await userOf(context));
      return await conclude(context, [...known, ...tried], runtimes);
    });
  },
};

/** The variable by which the half of doctor in the jail knows what was found outside: JSON. */
const factsVariable = "CUPEL_FACTS";

/** What --runtime names, or every profile. A program that a table brings along is not started with cells unless somebody names it. */
async function wantedByDoctor(context: Context): Promise<readonly WantedRuntime[]> {
  if (context.flags.has("runtime")) {
    const { wantedRuntimes } = await import("../execute/run-options.ts");
    return wantedRuntimes(context).map((each) => ({ ...each, tries: true }));
  }
  const [{ loadProfiles, profilesAtHand }, { shippedRoot }] = await Promise.all([
    import("../load/load-profiles.ts"),
    import("../load/data-root.ts"),
  ]);
  const trusted = loadProfiles(shippedRoot, context.flags.list("profile"), context.cwd).map(({ name }) => name);
  const all = profilesAtHand(context);
  return all.map((profile) => ({ profile, tries: trusted.includes(profile.name) }));
}

async function userOf({ flags }: Context): Promise<OrdinaryUser | undefined> {
  const name = flags.value("as");
  return name === undefined ? undefined : (await import("../execute/as-user.ts")).ordinaryUser(name);
}

/** Shows what was found; the exit code says whether a cell can be executed. */
async function conclude(
  context: Context,
  facts: readonly MachineFact[],
  runtimes: readonly WantedRuntime[],
): Promise<number> {
  const runs = new Set(runtimes.map(({ profile: { name, kind } }) => (kind === "unshare" ? `runtime ${name}` : name)));
  const able = !facts.some(isFatal) && facts.some(({ what, state }) => runs.has(what) && state === "ok");
  if (context.flags.has("json")) context.stdout.write(`${JSON.stringify({ facts, able }, null, 2)}\n`);
  else await show(context, facts, able);
  return able ? 0 : 4;
}

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
    state === "lacks" &&
    // The user of --as is who would execute them.
    (what.startsWith("--as ") ||
      ["caller", "capabilities", "cgroups", "jail", "setpriv", "unshare", "mount"].includes(what))
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
  const user = context.flags.value("as");
  const [as, option] = user === undefined ? ["", ""] : [` as ${printable(user)}`, ` --as ${printable(user)}`];
  const summary = able
    ? `Cells can be executed here${as}: cupel run${option}`
    : `No cell can be executed here${as}; cupel check works`;
  context.stdout.write(`\n${summary}\n`);
}
