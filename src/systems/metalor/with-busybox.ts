/** Lends a root a shell and tools. */
import { type Host, HostError } from "../host.ts";
import { makeDirectories } from "./make-directories.ts";

/** Names under which one program is a shell and tools. */
const names: readonly string[] = [
  ...[
    "sh",
    "cat",
    "echo",
    "env",
    "ls",
    "mkdir",
    "touch",
    "ln",
    "rm",
    "kill",
    "id",
    "pwd",
    "grep",
    "head",
    "true",
    "false",
  ],
  ...["wc", "sort", "readlink", "stat", "cut", "tr", "hostname", "chmod", "cp", "printenv"],
];

/**
 * Does `work` while `bin` of `root` holds the tools; in the end `bin` is as it was. What is there already is left alone.
 * Without a root just does it.
 */
export function withBusybox<Value>({ files, namespaces }: Host, root: string | undefined, work: () => Value): Value {
  if (root === undefined || namespaces === undefined) return work();
  const bin = `${root}/bin`;
  const had = files.find(root) !== undefined && files.find(bin) !== undefined;
  makeDirectories(files, bin);
  const made: string[] = [];
  const add = (name: string, make: (path: string) => void): void => {
    const path = `${bin}/${name}`;
    if (files.find(path) !== undefined) return;
    make(path);
    made.push(path);
  };
  try {
    add("busybox", (path) => {
      const program = namespaces.busybox();
      const writer = files.create(path);
      writer.write(program);
      writer.close();
      files.setMode(path, 0o755);
    });
    for (const name of names) add(name, (path) => files.makeLink(path, "busybox"));
    return work();
  } finally {
    for (const path of made) ignoreAbsence(() => files.removeFile(path));
    if (!had) ignoreAbsence(() => files.removeDirectory(bin));
  }
}

/** What the command took away itself, or filled, stays as it left it. */
function ignoreAbsence(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}
