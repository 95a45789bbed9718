/** Writes its answers in Latin-1. */
import { writeSync } from "node:fs";
import { printCompact } from "../../../src/json/print.ts";
import { speak } from "../speak.ts";

void speak(({ right }) => {
  writeSync(1, Buffer.from(`${printCompact(right)}\n`, "latin1"));
  return undefined;
});
