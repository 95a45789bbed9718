/** Compares several implementations: each adapter is asked about the same cases, one adapter after another. */
import { CupelError } from "../../src/errors.ts";
import type { Compared } from "../../src/suite/compare.ts";
import { compareOutcomes, type Made, type OutcomeSide } from "../../src/suite/compare-outcomes.ts";
import { needsJail } from "../../src/suite/needs-jail.ts";
import { perform } from "../../src/suite/perform.ts";
import { printable } from "../../src/suite/printable.ts";
import { findOperation } from "../../src/systems/registry.ts";
import { withAdapter } from "../adapter/with-adapter.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { askAll } from "../judge/adapter-stage.ts";
import { refuseUnknownOperation } from "../judge/known-operation.ts";
import { loadSelection, type Selection } from "../judge/selection.ts";

/** What people call the side of cupel's own generators. */
const oursName = "cupel";

/** An adapter with the name that people gave it. */
interface NamedAdapter {
  readonly name: string;
  readonly command: string;
}

/**
 * Asks the adapters of `--adapter`, and with `--ours` cupel's own generators, about the selected cases, and hands the
 * comparison to `use`, whose exit code it gives; 128 and its number after a signal.
 * Throws CupelError for fewer than two sides, a name that is missing or stands twice, and an adapter that does not introduce
 * itself (exit 3). One that breaks later is an error on the cases that it owes.
 */
export async function comparedImplementations(context: Context, use: (compared: Compared) => number): Promise<number> {
  const adapters = namedAdapters(context.flags.list("adapter"));
  const ours = context.flags.has("ours");
  if (adapters.length + (ours ? 1 : 0) < 2) {
    throw usageError("a comparison needs two implementations", "give --adapter twice, or --ours beside it");
  }
  if (ours && adapters.some(({ name }) => name === oursName)) {
    throw usageError(`--adapter ${oursName}=...: with --ours that is the name of our own`, "give it another name");
  }
  const selection = loadSelection(context, context.operands);
  for (const each of selection.cases) refuseUnknownOperation(each);
  const sides: OutcomeSide[] = ours ? [{ name: oursName, made: madeByUs(selection) }] : [];
  for (const adapter of adapters) {
    const made = new Map<string, Made>();
    const exit = await askOne(context, adapter, selection, made);
    if (exit !== 0) return exit;
    sides.push({ name: adapter.name, made });
  }
  return use(compareOutcomes(sides, selection.cases, ({ fullId }) => selection.goldens.of(fullId)));
}

/** `NAME=COMMAND` of each. */
function namedAdapters(given: readonly string[]): readonly NamedAdapter[] {
  const adapters = given.map((text): NamedAdapter => {
    const [, name, command] = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || command === undefined || command.trim() === "") {
      const hint = "for example --adapter old='python3 adapter.py': the name stands in the comparison";
      throw usageError(`--adapter ${text}: that is not NAME=COMMAND`, hint);
    }
    return { name, command };
  });
  const twin = adapters.find(({ name }, index) => adapters.findIndex((each) => each.name === name) < index);
  if (twin === undefined) return adapters;
  throw usageError(`--adapter ${twin.name}=... stands twice`, "give every implementation a name of its own");
}

async function askOne(
  context: Context,
  { name, command }: NamedAdapter,
  selection: Selection,
  made: Map<string, Made>,
): Promise<number> {
  return await withAdapter(context, command, async ({ adapter, directories }) => {
    const { introduced } = adapter;
    if ("kind" in introduced) {
      const said = introduced.errors.trim().split("\n").at(-1) ?? "";
      throw new CupelError(
        "no-adapter",
        `--adapter ${name}=...: ${introduced.reason}${said === "" ? "" : `: ${said}`}`,
        {
          hint: `cupel smoke --adapter COMMAND says more`,
          exit: 3,
        },
      );
    }
    const end = await askAll(
      selection,
      adapter,
      directories,
      (c, given) => made.set(c.fullId, given),
      () => false,
    );
    if (end !== undefined) context.stderr.write(`cupel: ${name}: ${printable(end.reason)}\n`);
    return 0;
  });
}

function madeByUs({ cases }: Selection): ReadonlyMap<string, Made> {
  return new Map(
    cases.map((c): readonly [string, Made] => {
      if (needsJail(c))
        return [c.fullId, { skip: { reason: "makes namespaces of the kernel: cupel run executes it" } }];
      return [c.fullId, { outcome: perform(c, findOperation(c.system, c.operation)) }];
    }),
  );
}
