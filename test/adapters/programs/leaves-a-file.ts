/** Leaves a file of its own beside what it was asked to make. */
import { mkdirSync, writeFileSync } from "node:fs";
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(({ right, options }) => {
  const directory = isObject(options) ? options["bundleDir"] : undefined;
  if (typeof directory !== "string") return right;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/.lock`, "");
  return right;
});
