/** A stand-in for a shell and a few tools, for cells in which nothing is really mounted. What it does not know is no verdict on anybody. */
import { compareUtf8 } from "../../../bytes/order.ts";
import { decodeUtf8, encodeUtf8 } from "../../../bytes/utf8.ts";
import { CupelError } from "../../../errors.ts";
import { type Files, HostError, type Launch, type LaunchResult } from "../../host.ts";
import { findInRoot } from "../in-root.ts";
import { readScript, type Word } from "./tiny-script.ts";

/** Runs `program`, one of the tools or a script of `/bin/sh`. Throws CupelError `beyond-stand-in` for anything else. */
export function runTiny(files: Files, program: Launch): LaunchResult {
  const shell: Shell = { files, ...program, stderr: "", status: 0, arguments: [] };
  const { place } = findInRoot(files, program.root, program.program, program.cwd);
  const [name = "", ...args] = program.argv;
  const text = decodeUtf8(files.readFile(place));
  const stdout = text.startsWith("#!/bin/sh\n")
    ? runScript({ ...shell, arguments: args }, text)
    : runTool(shell, name.slice(name.lastIndexOf("/") + 1), args, "");
  return { ended: { status: shell.status }, stdout, stderr: shell.stderr };
}

interface Shell extends Pick<Launch, "root" | "cwd" | "env"> {
  readonly files: Files;
  stderr: string;
  /** Of the last command. */
  status: number;
  readonly arguments: readonly string[];
}

/** Ends a script. */
class Exit {
  readonly stdout: string;

  constructor(stdout: string) {
    this.stdout = stdout;
  }
}

function runScript(shell: Shell, text: string): string {
  let stdout = "";
  try {
    for (const pipeline of readScript(text)) {
      let passed = "";
      for (const { words, output } of pipeline) {
        const [name = "", ...args] = words.flatMap((word) => expand(shell, word));
        const written = runTool(shell, name, args, passed);
        if (output === undefined) passed = written;
        else writeTo(shell, expand(shell, output).join(" "), written);
      }
      stdout += passed;
    }
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return stdout + error.stdout;
  }
  return stdout;
}

function expand({ status, arguments: args }: Shell, word: Word): readonly string[] {
  if (word.length === 1 && word[0]?.text === "$@" && word[0].expands) return args;
  return [word.map(({ text, expands }) => (expands ? text.replaceAll("$?", String(status)) : text)).join("")];
}

function writeTo({ files, root, cwd }: Shell, path: string, text: string): void {
  const slash = path.lastIndexOf("/");
  const { place } = findInRoot(files, root, slash < 0 ? "." : path.slice(0, slash + 1), cwd);
  files.writeFile(`${place}/${path.slice(slash + 1)}`, encodeUtf8(text));
}

/** What the tool writes; its status is the shell's then. */
function runTool(shell: Shell, name: string, args: readonly string[], input: string): string {
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (tool === undefined) throw beyond(`the command ${JSON.stringify(name)}`);
  shell.status = 0;
  return tool(shell, args, input);
}

type Tool = (shell: Shell, args: readonly string[], input: string) => string;

const tools: { readonly [name: string]: Tool } = {
  sh: (shell, [flags = "", script = "", ...rest]) => {
    if (!/^-[le]*c$/.test(flags) || rest.length > 0) throw beyond(`sh ${flags}`);
    return runScript(shell, script);
  },
  true: () => "",
  false: (shell) => {
    shell.status = 1;
    return "";
  },
  exit: (shell, [status = "0"]) => {
    shell.status = Number(status);
    throw new Exit("");
  },
  echo: (_, args) => `${args.join(" ")}\n`,
  pwd: ({ cwd }) => `${cwd}\n`,
  env: ({ env }) => env.map(([key, value]) => `${key}=${value}\n`).join(""),
  cat: (shell, args, input) => (args.length === 0 ? input : args.map((path) => read(shell, path)).join("")),
  ls: (shell, args) => {
    const flags = args.filter((arg) => arg.startsWith("-")).join("");
    const paths = args.filter((arg) => !arg.startsWith("-"));
    if (/[^-1A]/.test(flags) || paths.length > 1) throw beyond(`ls ${args.join(" ")}`);
    return list(shell, paths[0] ?? ".", flags.includes("A"));
  },
  head: (_, [flag = "", count = ""], input) => {
    if (flag !== "-n" || !/^[0-9]+$/.test(count)) throw beyond(`head ${flag}`);
    return input
      .split(/(?<=\n)/)
      .slice(0, Number(count))
      .join("");
  },
};

function read(shell: Shell, path: string): string {
  return orComplaint(shell, `cat: can't open '${path}'`, () => {
    return decodeUtf8(shell.files.readFile(findInRoot(shell.files, shell.root, path, shell.cwd).place));
  });
}

function list(shell: Shell, path: string, all: boolean): string {
  return orComplaint(shell, `ls: ${path}`, () => {
    const { place, status } = findInRoot(shell.files, shell.root, path, shell.cwd);
    if (status.type !== "dir") return `${path}\n`;
    const names = shell.files.readDirectory(place).filter((name) => all || !name.startsWith("."));
    return [...names]
      .sort(compareUtf8)
      .map((name) => `${name}\n`)
      .join("");
  });
}

function orComplaint(shell: Shell, who: string, step: () => string): string {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const words = error.errno === "ENOENT" ? "No such file or directory" : error.errno;
    shell.stderr += `${who}: ${words}\n`;
    shell.status = 1;
    return "";
  }
}

function beyond(what: string): CupelError {
  return new CupelError("beyond-stand-in", `the stand-in for a shell does not know ${what}`, {
    hint: 'a cell with "mount": "real" runs real programs, as root, in cupel run',
    exit: 3,
  });
}
