/** The work of `cupel audit`. */
import { printJson } from "../../../src/json/print.ts";
import { diffPromises } from "../../../src/policy/diff.ts";
import { judgePolicy, type Policy, readPolicy } from "../../../src/policy/read-policy.ts";
import { promisesOf } from "../../../src/policy/rules.ts";
import type { Context } from "../../arguments/command.ts";
import { nearest } from "../../arguments/nearest.ts";
import { usageError } from "../../arguments/usage-error.ts";
import { dataRoot } from "../../load/data-root.ts";
import { loadPolicies } from "../../load/load-policies.ts";
import { readText } from "../../load/read-document.ts";
import { colorOption } from "../../terminal/color-option.ts";
import { paintFor } from "../../terminal/paint.ts";
import { wantsColor } from "../../terminal/wants-color.ts";
import { groupChanges } from "../changes.ts";
import { readConfig } from "../read-config.ts";
import { auditDocument } from "./audit-document.ts";
import { auditText } from "./audit-text.ts";
import type { Audited } from "./audited.ts";
import { configFile } from "./config-file.ts";

/**
 * Says what the config in `path` (a file, a bundle or `-`) promises. Exit code 1 when it lacks a condition of a policy that
 * was asked for, or is weaker than the older one. Throws CupelError for what is no config and for an unknown policy.
 */
export async function audit(context: Context, path: string): Promise<number> {
  const { stdout, env, flags } = context;
  const old = flags.value("against");
  if (path === "-" && old === "-") throw usageError("standard input can be read only once");
  const known = loadPolicies(dataRoot(flags.value("cases"), context.cwd));
  const asked = await askedPolicies(flags.list("policy"), known, context);
  const promises = promisesOf(await readConfig(configFile(path, context.cwd), context));
  const before = old === undefined ? undefined : promisesOf(await readConfig(configFile(old, context.cwd), context));
  const judge = (policy: Policy) => ({ policy, conditions: judgePolicy(policy, promises) });
  const audited: Audited = {
    file: path === "-" ? "standard input" : configFile(path, context.cwd),
    promises,
    asked: asked.map(judge),
    others: known.filter((policy) => !asked.includes(policy)).map(judge),
    ...(before === undefined
      ? {}
      : { against: { file: old ?? "", changes: groupChanges(diffPromises(before, promises)) } }),
  };
  const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
  const style = { paint, columns: stdout.columns, quiet: flags.has("quiet") };
  stdout.write(flags.has("json") ? printJson(auditDocument(audited)) : auditText(audited, style));
  const lacking = audited.asked.some(({ conditions }) => conditions.some(({ holds }) => !holds));
  return lacking || (audited.against?.changes.weaker.length ?? 0) > 0 ? 1 : 0;
}

/** Policies by name, or from a file; each once. */
async function askedPolicies(
  names: readonly string[],
  known: readonly Policy[],
  context: Context,
): Promise<readonly Policy[]> {
  const policies: Policy[] = [];
  for (const name of new Set(names)) {
    policies.push(known.find((policy) => policy.name === name) ?? (await policyFromFile(name, known, context)));
  }
  return policies;
}

async function policyFromFile(name: string, known: readonly Policy[], context: Context): Promise<Policy> {
  if (name.includes("/") || name.endsWith(".json")) return readPolicy(await readText(name, context), name);
  const names = known.map((policy) => policy.name);
  const meant = nearest(name, names);
  const list = `there is ${names.join(", ")}`;
  throw usageError(
    `there is no policy ${JSON.stringify(name)}`,
    meant === undefined ? list : `did you mean ${meant}? ${list}`,
  );
}
