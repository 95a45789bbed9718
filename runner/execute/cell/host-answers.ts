/** Answers the questions that are asked of the host (the jail): no link followed, sizes capped, nothing changed. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { Answer } from "../../../src/policy/answer.ts";
import type { HostQuestion } from "../../../src/policy/question.ts";
import type { Canaries } from "../jail/canaries.ts";
import { readCapped } from "../read-capped.ts";

/** At most this many bytes of a file are read. */
const readCap = 4096;

/** Answers `question`, but for raw calls (see host-calls.ts) and what is asked of a cell that lives (live-cgroup.ts). */
export function answerOnHost(question: HostQuestion, canaries: Canaries): Answer {
  try {
    switch (question.ask) {
      case "link":
        return { text: readlinkSync(question.path) };
      case "stat":
        return { text: stat(question.path) };
      case "collected":
        return {
          text: lstatSync(question.path, { throwIfNoEntry: false }) === undefined ? "not there" : stat(question.path),
        };
      case "read":
        return { text: readCapped(question.path, readCap) };
      case "hostname":
        return { text: hostname() };
      case "processes":
        return { text: processesWith(question.token) };
      case "canary": {
        const { pid, token, port, socket, hostname: name } = canaries;
        return { text: JSON.stringify({ pid, token, port, socket, hostname: name }) };
      }
      case "cgroup":
      case "stand-in":
        return { failed: "the cell did not wait to be looked at" };
      case "call":
        return { failed: "raw calls are made together" };
    }
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

function stat(path: string): string {
  const s = lstatSync(path, { bigint: true });
  const type = s.isFile()
    ? "file"
    : s.isDirectory()
      ? "dir"
      : s.isSymbolicLink()
        ? "symlink"
        : s.isCharacterDevice()
          ? "char"
          : s.isBlockDevice()
            ? "block"
            : s.isFIFO()
              ? "fifo"
              : "socket";
  // glibc's split of a device number (makedev(3)); the sources we look at have small ones.
  const major = (s.rdev >> 8n) & 0xfffn;
  const minor = (s.rdev & 0xffn) | ((s.rdev >> 12n) & 0xfff00n);
  return [type, (s.mode & 0o7777n).toString(8), s.uid, s.gid, s.dev, s.ino, s.size, `${major}:${minor}`].join(" ");
}

function processesWith(token: string): string {
  let found = "";
  for (const name of readdirSync("/proc")) {
    if (!/^[0-9]+$/.test(name)) continue;
    try {
      if (readFileSync(`/proc/${name}/cmdline`, "utf8").includes(token)) found += `${name}\n`;
    } catch {
      // ended meanwhile
    }
  }
  return found;
}
