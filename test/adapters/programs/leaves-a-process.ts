/** Starts a process that outlives it, and writes its id to standard error. */
import { spawn } from "node:child_process";
import process from "node:process";
import { speak } from "../speak.ts";

const child = spawn("sleep", ["604"], { stdio: "ignore" });
process.stderr.write(`started ${child.pid}\n`);
child.unref();

void speak(({ right }) => right);
