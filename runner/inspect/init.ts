/** The work of `cupel init`. */
import { chmodSync, cpSync, lstatSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { unwritableFile } from "../host/unwritable-file.ts";
import { shippedRoot } from "../load/data-root.ts";
import { shellQuote } from "../report/shell-quote.ts";

/** Copies the example of a table to `directory`, whole or not at all, and says what to do next. Throws CupelError when it is there already, or cannot be written. */
export function init({ cwd, stdout }: Pick<Context, "cwd" | "stdout">, directory: string): number {
  const target = resolve(cwd, directory);
  try {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) {
      throw new CupelError("exists", `${directory} exists already`, { hint: "name a new directory" });
    }
    copyTo(target);
  } catch (error) {
    if (error instanceof CupelError || !(error instanceof Error && "code" in error)) throw error;
    throw unwritableFile(directory, error);
  }
  const word = printable(shellQuote(directory));
  stdout.write(
    `wrote ${word}, a table with one case: ${word}/cases/obuilder/cache.json\n` +
      `next: cupel check --cases ${word} --update    writes what our generator makes of it; read it\n` +
      `      cupel check --cases ${word}             judges it\n` +
      `      cupel run --cases ${word}               executes it, as root\n`,
  );
  return 0;
}

function copyTo(target: string): void {
  const half = mkdtempSync(join(dirname(target), ".cupel-table-"));
  try {
    cpSync(join(shippedRoot.directory, "examples/table"), half, { recursive: true });
    chmodSync(half, 0o777 & ~process.umask());
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  }
}
