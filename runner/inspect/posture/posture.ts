/** The work of `cupel posture`. */
import { printJson } from "../../../src/json/print.ts";
import { type Intent, intents, wishesOf } from "../../../src/policy/posture/intents.ts";
import { postureOf, type SystemPosture, sectionsOf } from "../../../src/policy/posture/posture.ts";
import { policyReference, type Reference, systemReference } from "../../../src/policy/posture/reference.ts";
import { type Wishes, type WishName, wishes } from "../../../src/policy/posture/wishes.ts";
import type { Policy } from "../../../src/policy/read-policy.ts";
import { memoryHost } from "../../../src/suite/memory-host.ts";
import { findSystem, systems } from "../../../src/systems/registry.ts";
import type { System } from "../../../src/systems/system.ts";
import type { Context } from "../../arguments/command.ts";
import { nearest } from "../../arguments/nearest.ts";
import { usageError } from "../../arguments/usage-error.ts";
import { dataRoot } from "../../load/data-root.ts";
import { loadPolicies } from "../../load/load-policies.ts";
import { colorOption } from "../../terminal/color-option.ts";
import { paintFor } from "../../terminal/paint.ts";
import { wantsColor } from "../../terminal/wants-color.ts";
import { postureDocument } from "./posture-document.ts";
import { postureMarkdown } from "./posture-markdown.ts";
import { postureText } from "./posture-text.ts";
import type { Shown } from "./shown.ts";

/** What is compared with when nobody says otherwise. */
const usualReference = "hermetic-build";

/** Prints the table. Throws CupelError for an intent, a wish, a system or a reference that does not exist. */
export function posture(context: Context): number {
  const { stdout, env, flags } = context;
  const format = formatOf(context);
  const shown = shownOf(context);
  if (format === "json") stdout.write(printJson(postureDocument(shown)));
  else if (format === "markdown") stdout.write(postureMarkdown(shown));
  else {
    const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
    stdout.write(postureText(shown, { paint, columns: stdout.columns }));
  }
  return 0;
}

function formatOf({ flags }: Context): "text" | "markdown" | "json" {
  if (flags.has("json") && flags.has("markdown"))
    throw usageError("--json and --markdown: only one of them can be printed");
  return flags.has("json") ? "json" : flags.has("markdown") ? "markdown" : "text";
}

function shownOf({ flags, operands, cwd }: Context): Shown {
  const policies = loadPolicies(dataRoot(flags.value("cases"), cwd));
  const intent = named(flags.value("intent") ?? "hermetic-build", "intent", intents);
  const on = wishList(flags.list("with"));
  const off = wishList(flags.list("without"));
  const both = on.find((name) => off.includes(name));
  if (both !== undefined) throw usageError(`${both} is wished for by --with and dropped by --without`);
  const asked = wishesOf(intent, on, off);
  const chosen = operands.length === 0 ? systems : [...new Set(operands)].map(findSystem);
  const made = chosen.map((system) => postureFor(system, asked, policies));
  const reference = referenceOf(flags.value("against") ?? usualReference, asked, policies, made);
  const sections = sectionsOf(made, reference);
  const parts = [{ name: "wishes" }, { name: "policies" }, ...sections];
  const only = listed(flags.list("only")).map((name) => named(name, "part", parts).name);
  const changed = changesOf(intent, asked);
  return { intent, changed, wishes: asked, systems: made, reference, sections, only };
}

function postureFor(system: System, asked: Wishes, policies: readonly Policy[]): SystemPosture {
  return postureOf(system, asked, policies, memoryHost());
}

function referenceOf(
  name: string,
  asked: Wishes,
  policies: readonly Policy[],
  made: readonly SystemPosture[],
): Reference {
  const policy = policies.find((each) => each.name === name);
  if (policy !== undefined) return policyReference(policy);
  const system = named(name, "policy or system", [...policies, ...systems]);
  const posture = made.find((each) => each.name === name) ?? postureFor(findSystem(system.name), asked, policies);
  return systemReference(name, posture.promises);
}

/** `+root`, `-shell`: what the wishes have that the intent by itself has not. */
function changesOf(intent: Intent, asked: Wishes): readonly string[] {
  return wishes
    .filter(({ name }) => asked[name] !== intent.wishes.includes(name))
    .map(({ name }) => `${asked[name] ? "with" : "without"} ${name}`);
}

function wishList(lists: readonly string[]): readonly WishName[] {
  return listed(lists).map((name) => named(name, "wish", wishes).name);
}

function listed(lists: readonly string[]): readonly string[] {
  return lists.flatMap((list) => list.split(",")).map((name) => name.trim());
}

/** The one of `all` that is called `name`. Throws a usage error (exit 2) that names the nearest, or all of them. */
function named<Named extends { readonly name: string }>(name: string, what: string, all: readonly Named[]): Named {
  const found = all.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = all.map((each) => each.name);
  const meant = nearest(name, names);
  const list = `there is ${names.join(", ")}`;
  throw usageError(
    `there is no ${what} ${JSON.stringify(name)}`,
    meant === undefined ? list : `did you mean ${meant}? ${list}`,
  );
}
