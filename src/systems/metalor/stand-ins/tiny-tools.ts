/** The few tools that the stand-in for a shell knows, as busybox writes their output. */
import { compareUtf8 } from "../../../bytes/order.ts";
import { decodeUtf8 } from "../../../bytes/utf8.ts";
import { type Files, HostError, type Launch } from "../../host.ts";
import { findInRoot } from "../in-root.ts";
import { beyondStandIn } from "./tiny-script.ts";

/** What a running script knows. */
export interface TinyShell extends Pick<Launch, "root" | "cwd" | "env"> {
  readonly files: Files;
  stderr: string;
  /** Of the last command. */
  status: number;
  arguments: readonly string[];
}

/** Where on the host something may be made; its parent is there. */
export function placeFor({ files, root, cwd }: TinyShell, path: string): string {
  const bare = path.replace(/\/+$/, "");
  const slash = bare.lastIndexOf("/");
  const { place } = findInRoot(files, root, slash < 0 ? "." : bare.slice(0, slash + 1), cwd);
  return `${place}/${bare.slice(slash + 1)}`;
}

/** What a tool writes, given its arguments and what it reads. Its status becomes the shell's. */
export type TinyTool = (shell: TinyShell, args: readonly string[], input: string) => string;

/** The tools, by name. They throw CupelError `beyond-stand-in` for flags they do not know. */
export const tinyTools: { readonly [name: string]: TinyTool } = {
  true: () => "",
  false: (shell) => {
    shell.status = 1;
    return "";
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

function makeEach(shell: TinyShell, args: readonly string[], make: (place: string) => void): string {
  const flag = args.find((arg) => arg.startsWith("-"));
  if (flag !== undefined) throw beyondStandIn(`the flag ${flag}`);
  for (const path of args) make(placeFor(shell, path));
  return "";
}

function read(shell: TinyShell, path: string): string {
  return orComplaint(shell, `cat: can't open '${path}'`, () => {
    return decodeUtf8(shell.files.readFile(findInRoot(shell.files, shell.root, path, shell.cwd).place));
  });
}

function list(shell: TinyShell, path: string, all: boolean): string {
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

function orComplaint(shell: TinyShell, who: string, step: () => string): string {
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
