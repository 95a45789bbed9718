/** Is right in all that is asked, and ends with an exit status that says otherwise. */
import process from "node:process";
import { printCompact } from "../../../src/json/print.ts";
import { speak, writeAll } from "../speak.ts";

void speak(
  ({ right }) => right,
  ({ method, right }) => {
    if (method !== "shutdown") return right;
    writeAll(`${printCompact(right)}\n`);
    process.exit(5);
  },
);
