/** A stand-in for a shell and a few tools, for cells in which nothing is really mounted. What it does not know is no verdict on anybody. */
import { compareUtf8 } from "../../../bytes/order.ts";
import { decodeUtf8, encodeUtf8 } from "../../../bytes/utf8.ts";
import { type Files, HostError, type Launch, type LaunchResult } from "../../host.ts";
import { findInRoot } from "../in-root.ts";
import { beyondStandIn, readScript, type Word } from "./tiny-script.ts";

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
    for (const { commands, only } of readScript(text)) {
      if (only !== "always" && (only === "after-success") !== (shell.status === 0)) continue;
      let passed = "";
      for (const { words, output } of commands) {
        const [name = "", ...args] = words.flatMap((word) => expand(shell, word));
        const written = runTool(shell, name, args, passed);
        passed = output === undefined ? written : "";
        if (output !== undefined) writeTo(shell, expand(shell, output.path).join(" "), written, output.appends);
      }
      stdout += passed;
    }
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return stdout + error.stdout;
  }
  return stdout;
}

function expand(shell: Shell, word: Word): readonly string[] {
  if (word.length === 1 && word[0]?.text === "$@" && word[0].expands) return shell.arguments;
  return [word.map(({ text, expands }) => (expands ? fillIn(shell, text) : text)).join("")];
}

function fillIn({ status, env, arguments: args }: Shell, text: string): string {
  return text.replace(/\$(?:(\?)|([1-9])|([A-Za-z_][A-Za-z0-9_]*)|([^\s"]))/g, (_, last, place, name, other) => {
    if (last !== undefined) return String(status);
    if (place !== undefined) return args[Number(place) - 1] ?? "";
    if (name !== undefined) return env.find(([key]) => key === name)?.[1] ?? "";
    throw beyondStandIn(`the parameter $${other}`);
  });
}

function writeTo(shell: Shell, path: string, text: string, appends: boolean): void {
  const place = placeFor(shell, path);
  const before = appends && shell.files.find(place) !== undefined ? decodeUtf8(shell.files.readFile(place)) : "";
  shell.files.writeFile(place, encodeUtf8(before + text));
}

/** Where on the host something may be made; its parent is there. */
function placeFor({ files, root, cwd }: Shell, path: string): string {
  const bare = path.replace(/\/+$/, "");
  const slash = bare.lastIndexOf("/");
  const { place } = findInRoot(files, root, slash < 0 ? "." : bare.slice(0, slash + 1), cwd);
  return `${place}/${bare.slice(slash + 1)}`;
}

/** What the tool writes; its status is the shell's then. */
function runTool(shell: Shell, name: string, args: readonly string[], input: string): string {
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (tool === undefined) throw beyondStandIn(`the command ${JSON.stringify(name)}`);
  shell.status = 0;
  return tool(shell, args, input);
}

type Tool = (shell: Shell, args: readonly string[], input: string) => string;

const tools: { readonly [name: string]: Tool } = {
  sh: (shell, [flags = "", script = "", ...rest]) => {
    if (!/^-[le]*c$/.test(flags) || rest.length > 0) throw beyondStandIn(`sh ${flags}`);
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
  printf: (_, [text = "", ...more]) => {
    if (more.length > 0 || text.includes("%")) throw beyondStandIn("printf with a format");
    return text.replaceAll("\\n", "\n");
  },
  mkdir: (shell, args) => makeEach(shell, args, (place) => shell.files.makeDirectory(place)),
  touch: (shell, args) =>
    makeEach(shell, args, (place) => {
      if (shell.files.find(place) === undefined) shell.files.create(place).close();
    }),
  rm: (shell, args) => makeEach(shell, args, (place) => shell.files.removeFile(place)),
  printenv: ({ env }, [name]) => `${env.find(([key]) => key === name)?.[1] ?? ""}\n`,
  wc: (_, args, input) => {
    if (args.join(" ") !== "-l") throw beyondStandIn(`wc ${args.join(" ")}`);
    return `${input.split("\n").length - 1}\n`;
  },
  sort: (_, args, input) => {
    if (args.length > 0) throw beyondStandIn(`sort ${args.join(" ")}`);
    return linesOf(input).sort(compareUtf8).join("");
  },
  pwd: ({ cwd }) => `${cwd}\n`,
  env: ({ env }) => env.map(([key, value]) => `${key}=${value}\n`).join(""),
  cat: (shell, args, input) => (args.length === 0 ? input : args.map((path) => read(shell, path)).join("")),
  ls: (shell, args) => {
    const flags = args.filter((arg) => arg.startsWith("-")).join("");
    const paths = args.filter((arg) => !arg.startsWith("-"));
    if (/[^-1A]/.test(flags) || paths.length > 1) throw beyondStandIn(`ls ${args.join(" ")}`);
    return list(shell, paths[0] ?? ".", flags.includes("A"));
  },
  head: (_, [flag = "", count = ""], input) => {
    if (flag !== "-n" || !/^[0-9]+$/.test(count)) throw beyondStandIn(`head ${flag}`);
    return input
      .split(/(?<=\n)/)
      .slice(0, Number(count))
      .join("");
  },
};

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function makeEach(shell: Shell, args: readonly string[], make: (place: string) => void): string {
  const flag = args.find((arg) => arg.startsWith("-"));
  if (flag !== undefined) throw beyondStandIn(`the flag ${flag}`);
  for (const path of args) make(placeFor(shell, path));
  return "";
}

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
