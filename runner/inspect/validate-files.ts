/** Validates the files of `cupel validate`. */
import { CupelError } from "../../src/errors.ts";
import { printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { type Finding, validateConfig } from "../../src/oci/validate.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { readDocument } from "../load/read-document.ts";
import { renderError } from "../report/render-error.ts";
import { colorOption } from "../terminal/color-option.ts";
import { type Paint, paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";

interface Judged {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** Why there is no document to judge. */
  readonly unread?: CupelError;
}

/**
 * Prints the findings about `files` (`-`: standard input). Exit code 2 when one cannot be read or is no JSON, which keeps
 * none of the others from being judged; 1 when one has an error.
 */
export async function validateFiles(context: Context, files: readonly string[]): Promise<number> {
  const { stdout, stderr, flags, env } = context;
  if (files.filter((file) => file === "-").length > 1) throw usageError("standard input can be read only once");
  const judged: Judged[] = [];
  for (const file of files) judged.push(await judge(file, context));
  if (flags.has("json")) stdout.write(printJson(judged.map(documentOf)));
  else stdout.write(textOf(judged, flags.has("quiet"), paintFor(wantsColor(stdout, env, colorOption(flags)))));
  for (const { unread } of judged) {
    if (unread !== undefined) stderr.write(renderError(unread, [], wantsColor(stderr, env, colorOption(flags))).text);
  }
  if (judged.some(({ unread }) => unread !== undefined)) return 2;
  return judged.some(isInvalid) ? 1 : 0;
}

async function judge(file: string, context: Context): Promise<Judged> {
  try {
    return { file, findings: validateConfig(await readDocument(file, context)) };
  } catch (error) {
    if (error instanceof CupelError) return { file, findings: [], unread: error };
    throw error;
  }
}

function documentOf(each: Judged): Json {
  const findings = each.findings.map((finding) => ({ ...finding }));
  const { unread } = each;
  const error = unread === undefined ? {} : { error: { code: unread.code, message: unread.message } };
  return { file: each.file, valid: !isInvalid(each), findings, ...error };
}

function textOf(judged: readonly Judged[], quiet: boolean, paint: Paint): string {
  const lines = judged.flatMap((each) => {
    if (each.unread !== undefined) return []; // told on standard error
    const name = printable(each.file === "-" ? "standard input" : each.file);
    const shown = each.findings.filter(({ level }) => !quiet || level === "error");
    const verdict = isInvalid(each) ? paint.red("invalid") : paint.green("valid");
    return [
      ...shown.map((finding) => `${name}: ${lineOf(finding, paint)}`),
      ...(quiet ? [] : [`${name}: ${verdict}${counted(each.findings)}`]),
    ];
  });
  return lines.map((line) => `${line}\n`).join("");
}

function lineOf({ level, code, pointer, message }: Finding, paint: Paint): string {
  const word = level === "error" ? paint.red(level) : paint.yellow(level);
  return `${word} ${code} at ${printable(pointer === "" ? "(the whole document)" : pointer)}: ${printable(message)}`;
}

function counted(findings: readonly Finding[]): string {
  const parts = (["error", "warning"] as const).flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? "" : "s"}`];
  });
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function isInvalid({ findings, unread }: Judged): boolean {
  return unread !== undefined || findings.some(({ level }) => level === "error");
}
