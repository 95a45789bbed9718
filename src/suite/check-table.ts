/** What a table of cases may not say although each part of it has the right type. */
import { isBase64 } from "../bytes/base64.ts";
import { FormatError } from "../format/format-error.ts";
import { locate } from "../format/locate.ts";
import { printCompact } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import type { Case, Table, TreeEntry } from "./case.ts";
import { configOperationOf } from "./yields-config.ts";

const tokens: readonly string[] = [
  "{{cell}}",
  "{{cgroup}}",
  "{{container}}",
  "{{uid}}",
  "{{gid}}",
  "{{subuid}}",
  "{{subgid}}",
  "{{capabilities}}",
  "{{groups}}",
];

type Path = readonly (string | number)[];

/** What is wrong, where below the case, and the cure. */
interface Fault {
  readonly at: Path;
  readonly problem: string;
  readonly cure: string;
}

/** Throws {@link FormatError} for the first case whose id occurs twice or that contradicts itself. */
export function checkTable(table: Table, text: string, file: string): void {
  const ids = new Set<string>();
  const yieldsConfig = configOperationOf(table.system);
  for (const [index, each] of table.cases.entries()) {
    if (ids.has(each.id)) {
      const place = locate(text, ["cases", index, "id"]);
      throw new FormatError("duplicate-id", file, place, `the id "${each.id}" occurs twice`, "give it another id");
    }
    ids.add(each.id);
    const fault = faultOf(each, yieldsConfig);
    if (fault === undefined) continue;
    const place = locate(text, ["cases", index, ...fault.at]);
    throw new FormatError("case-contradiction", file, place, fault.problem, fault.cure);
  }
}

function faultOf(each: Case, yieldsConfig: string): Fault | undefined {
  return (
    faultOfConfig(each, yieldsConfig) ?? faultOfRun(each, yieldsConfig) ?? faultOfTokens(each) ?? faultOfTrees(each)
  );
}

/** What is executed is a config, and is compared with its golden. */
function faultOfRun({ run, operation, expect }: Case, yieldsConfig: string): Fault | undefined {
  if (run === undefined || (operation === yieldsConfig && expect === "golden")) return undefined;
  const problem = `only a case of the operation ${yieldsConfig} that expects a golden can be executed`;
  return { at: ["run"], problem, cure: `leave run out, or use the operation "${yieldsConfig}" and "expect": "golden"` };
}

/** What is judged on a config needs one. */
function faultOfConfig(each: Case, yieldsConfig: string): Fault | undefined {
  const rejects = typeof each.expect === "object" && !Object.hasOwn(each.expect, "value");
  for (const key of ["holds", "lacks", "invalid"] as const) {
    if (each[key] === undefined || (each.operation === yieldsConfig && !rejects)) continue;
    const problem = `"${key}" is judged on a config, and this case has none`;
    return { at: [key], problem, cure: `leave ${key} out, or use the operation "${yieldsConfig}"` };
  }
  return undefined;
}

/** A misspelt token would reach the cell as text. */
function faultOfTokens({ run }: Case): Fault | undefined {
  const parts: { readonly [key: string]: Json } = {
    request: run?.with?.request ?? null,
    options: run?.with?.options ?? null,
  };
  for (const [key, part] of Object.entries(parts)) {
    const unknown = printCompact(part)
      .match(/\{\{[a-z]+\}\}/g)
      ?.find((token) => !tokens.includes(token));
    if (unknown === undefined) continue;
    return { at: ["run", "with", key], problem: `unknown token ${unknown}`, cure: `use ${tokens.join(" ")}` };
  }
  return undefined;
}

function faultOfTrees(each: Case): Fault | undefined {
  return (
    faultOfTree(each.given, ["given"], "{{tmp}}") ??
    faultOfTree(each.leaves, ["leaves"], "{{tmp}}") ??
    faultOfTree(each.run?.fixtures, ["run", "fixtures"], "{{cell}}", problemOfFixture)
  );
}

function faultOfTree(
  tree: readonly TreeEntry[] | undefined,
  at: Path,
  below: string,
  problemOfMore?: (entry: TreeEntry) => string | undefined,
): Fault | undefined {
  const paths = new Set<string>();
  for (const [index, entry] of (tree ?? []).entries()) {
    const repeats = paths.has(entry.path) ? "this path stands here twice" : undefined;
    paths.add(entry.path);
    const problem = problemOf(entry, below) ?? problemOfMore?.(entry) ?? repeats;
    if (problem !== undefined) return { at: [...at, index], problem, cure: "see the tree of schema/table.schema.json" };
  }
  return undefined;
}

function problemOf({ path, type, mode, content, contentBase64, target }: TreeEntry, below: string): string | undefined {
  if (!path.startsWith(`${below}/`)) return `a path here starts with ${below}/`;
  if (path.split("/").some((part) => part === "." || part === "..")) return "a path here has no . and no ..";
  if ((type === "symlink") !== (target !== undefined)) return "a symlink, and nothing else, has a target";
  if (type === "symlink" && mode !== undefined) return "a symlink has no mode";
  if (content !== undefined && contentBase64 !== undefined) return "content and contentBase64 exclude each other";
  if (type !== "file" && (content !== undefined || contentBase64 !== undefined)) return "only a file has content";
  if (contentBase64 !== undefined && !isBase64(contentBase64)) return "contentBase64 is no base64";
  return undefined;
}

/**
 * Whoever executes a cell, with the rights of root, opens and mounts paths below {{cell}}. So a link among its fixtures
 * must not lead anywhere else, and there is none where the system itself and the step lie.
 */
function problemOfFixture({ path, type, target = "" }: TreeEntry): string | undefined {
  if (type === "fifo") return "a cell has no fifo among its fixtures";
  if (type !== "symlink") return undefined;
  if (target.startsWith("/") || target.split("/").includes("..")) {
    return "the target of a link in a cell is relative and has no ..";
  }
  return /^\{\{cell\}\}\/+bundle(?:\/|$)/.test(path) ? "there is no link below {{cell}}/bundle" : undefined;
}
