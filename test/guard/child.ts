/**
 * Runs one test file: `child.ts FILE`. Whatever way the process ends, short of being killed, its last act is the footer:
 * how many tests were registered and how each ended, as JSON on file descriptor 3.
 */
import { writeSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { progress, runRegistered } from "../suite.ts";

const file = process.argv[2];
if (file === undefined) throw new Error("child.ts wants a test file");

process.on("exit", () => {
  writeSync(3, JSON.stringify(progress()));
});

void import(pathToFileURL(resolve(file)).href).then(runRegistered);
