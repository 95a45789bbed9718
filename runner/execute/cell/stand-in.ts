/** What the host sees of the process that stands for a cell whose kernel is not the host's, while the cell lives. */
import { readFileSync, readlinkSync } from "node:fs";
import type { Answer } from "../../../src/policy/answer.ts";
import type { StandInFile } from "../../../src/policy/question.ts";
import { readCapped } from "../read-capped.ts";
import { descendants } from "./kill-cell.ts";

/**
 * The answer to a `stand-in` question, for the cell whose runtime (or its wrapper) is process `pid`: /proc/PID/`file` of the one
 * process below it that calls itself `name` and lives in another mount namespace than we do.
 */
export function standInAnswer(pid: number, name: string, file: StandInFile): Answer {
  try {
    const own = readlinkSync("/proc/self/ns/mnt");
    const found = descendants(pid).filter((member) => isCalled(member, name, own));
    const [only] = found;
    if (only === undefined || found.length > 1) return { failed: `${found.length} processes are called ${name}` };
    return { text: readCapped(`/proc/${only}/${file}`, 4096) };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

function isCalled(pid: number, name: string, ownMounts: string): boolean {
  try {
    const [first] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return first === name && readlinkSync(`/proc/${pid}/ns/mnt`) !== ownMounts;
  } catch {
    return false; // ended meanwhile
  }
}
