/** A stand-in for a shell, for cells in which nothing is really mounted. What it does not know is no verdict on anybody. */
import { decodeUtf8, encodeUtf8 } from "../../../bytes/utf8.ts";
import type { Files, Launch, LaunchResult } from "../../host.ts";
import { findInRoot } from "../in-root.ts";
import { beyondStandIn, readScript, type Word } from "./tiny-script.ts";
import { placeFor, type TinyShell, tinyTools } from "./tiny-tools.ts";

/** Runs `program`, one of the tools or a script of `/bin/sh`. Throws CupelError `beyond-stand-in` for anything else. */
export function runTiny(files: Files, program: Launch): LaunchResult {
  const shell: TinyShell = { files, ...program, stderr: "", status: 0, arguments: [] };
  const { place } = findInRoot(files, program.root, program.program, program.cwd);
  const [name = "", ...args] = program.argv;
  const text = decodeUtf8(files.readFile(place));
  const isScript = text.startsWith("#!/bin/sh\n");
  if (isScript) shell.arguments = args;
  const stdout = isScript ? runScript(shell, text) : runTool(shell, name.slice(name.lastIndexOf("/") + 1), args, "");
  return { ended: { status: shell.status }, stdout, stderr: shell.stderr };
}

/** Ends a script. */
class Exit {}

function runScript(shell: TinyShell, text: string): string {
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
  }
  return stdout;
}

function expand(shell: TinyShell, word: Word): readonly string[] {
  if (word.length === 1 && word[0]?.text === "$@" && word[0].expands) return shell.arguments;
  return [word.map(({ text, expands }) => (expands ? fillIn(shell, text) : text)).join("")];
}

function fillIn({ status, env, arguments: args }: TinyShell, text: string): string {
  return text.replace(/\$(?:(\?)|([1-9])|([A-Za-z_][A-Za-z0-9_]*)|([^\s"]))/g, (_, last, place, name, other) => {
    if (last !== undefined) return String(status);
    if (place !== undefined) return args[Number(place) - 1] ?? "";
    if (name !== undefined) return env.find(([key]) => key === name)?.[1] ?? "";
    throw beyondStandIn(`the parameter $${other}`);
  });
}

function writeTo(shell: TinyShell, path: string, text: string, appends: boolean): void {
  const place = placeFor(shell, path);
  const before = appends && shell.files.find(place) !== undefined ? decodeUtf8(shell.files.readFile(place)) : "";
  shell.files.writeFile(place, encodeUtf8(before + text));
}

/** What the tool writes; its status is the shell's then. */
function runTool(shell: TinyShell, name: string, args: readonly string[], input: string): string {
  if (name === "sh") return runShell(shell, args);
  const tool = Object.hasOwn(tinyTools, name) ? tinyTools[name] : undefined;
  if (name === "exit") {
    shell.status = Number(args[0] ?? shell.status);
    throw new Exit();
  }
  if (tool === undefined) throw beyondStandIn(`the command ${JSON.stringify(name)}`);
  shell.status = 0;
  return tool(shell, args, input);
}

function runShell(shell: TinyShell, [flags = "", script = "", ...rest]: readonly string[]): string {
  if (!/^-[le]*c$/.test(flags) || rest.length > 0) throw beyondStandIn(`sh ${flags}`);
  return runScript(shell, script);
}
