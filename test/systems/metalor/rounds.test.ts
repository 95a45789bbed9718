/** Rounds with stand-ins for mount, and what would be started. */

import { CupelError } from "../../../src/errors.ts";
import { isObject, type Json } from "../../../src/json/value.ts";
import type { Tree } from "../../../src/suite/case.ts";
import { memoryHost } from "../../../src/suite/memory-host.ts";
import { HostError } from "../../../src/systems/host.ts";
import { findProgram } from "../../../src/systems/metalor/find-program.ts";
import { findInRoot } from "../../../src/systems/metalor/in-root.ts";
import type { Environment } from "../../../src/systems/metalor/spec.ts";
import { metalor } from "../../../src/systems/metalor/system.ts";
import { Rejection } from "../../../src/systems/rejection.ts";
import { effectsOf } from "../../../src/systems/system.ts";
import { assert, test } from "../../suite.ts";

interface Round {
  readonly run: { readonly ok?: true; readonly error?: string };
  readonly stdout: string;
  readonly mountCommands: readonly (readonly string[])[];
}

/** Runs a command in /p/root with stand-ins. */
function command(wanted: { readonly [key: string]: Json }, options: { readonly [key: string]: Json } = {}): Round {
  const host = memoryHost({ tree: [{ path: "/p", type: "dir" }] });
  const plain = { root: "/p/root", cwd: "/", mounts: [], env: [], emulator: null, executable: "/bin/true", argv: [] };
  const request = { runtimeRootPrefix: "/p", command: { ...plain, ...wanted } };
  const operation = metalor.operations["command"];
  assert.ok(operation);
  const value = operation.run(request, { rootfs: "busybox", mount: "logged-noop", hostFiles: [], ...options }, host);
  assert.ok(isObject(value));
  assert.is(host.files.find("/p/root/bin"), undefined, "what was lent is taken back");
  return value as unknown as Round;
}

const shell = (script: string): { readonly [key: string]: Json } => ({ executable: "/bin/sh", argv: ["-c", script] });

test("the stand-in for a shell knows words, quotes, pipes, files and the last status", () => {
  assert.is(command(shell("echo 'a  b' \"c $?\"; false; echo $? d")).stdout, "a  b c 0\n1 d\n");
  assert.is(command(shell("echo one > /f; echo two; cat /f | head -n 1 # a comment")).stdout, "two\none\n");
  assert.equal(command(shell("exit 3")).run, {
    error: "container command /bin/sh exited with status exit status: 3",
  });
  assert.is(command({ ...shell("pwd"), cwd: "/bin" }).stdout, "/bin\n");
  assert.is(command(shell("false && echo a || echo b; true && echo c; printf 'd\\n'")).stdout, "b\nc\nd\n");
  const made = "mkdir /m; touch /m/b /m/a; echo x >> /m/l; echo y >> /m/l; rm /m/b; ls -1 /m; cat /m/l | sort | wc -l";
  assert.is(command(shell(made)).stdout, "a\nl\n2\n");
  assert.is(command({ ...shell("echo $A.$NONE; printenv A"), env: [["A", "1"]] }).stdout, "1.\n1\n");
});

test("what the stand-in does not know is no verdict", () => {
  for (const script of ["rm -rf /", "sh -x -c ls", "ls -l /", "head -c 3", "echo $(ls)", "cat < /f"]) {
    assert.throws(
      () => command(shell(script)),
      (error: unknown) => error instanceof CupelError && error.code === "beyond-stand-in",
    );
  }
});

test("of a name given twice the last value counts, and names are sorted", () => {
  const env = [
    ["B", "1"],
    ["A", "2"],
    ["B", "3"],
  ];
  assert.is(command({ executable: "/bin/env", env }).stdout, "A=2\nB=3\n");
});

test("the working directory is looked for in the root, and links in it lead no further than the root", () => {
  const error = (cwd: string): string | undefined => command({ cwd }).run.error;
  assert.is(error("/none"), "failed to chdir to /none: No such file or directory (os error 2)");
  assert.is(error("/bin/sh"), "failed to chdir to /bin/sh: Not a directory (os error 20)");
  assert.match(error("/a\0b") ?? "", /^container cwd contained an interior null: /);
});

test("a limit above the caller's is refused only where it may not raise it", () => {
  const spec = {
    root: "/p/root",
    scratch: "/p/scratch",
    workspacePath: "/w",
    workspaceSeed: "Empty",
    command: { cwd: "/", executable: "/bin/true" },
  };
  const run = (limits: Json, options: Json): Json => {
    const host = memoryHost({ tree: [{ path: "/p", type: "dir" }] });
    const common = { rootfs: "busybox", mount: "logged-noop", hostFiles: [] };
    const request = { runtimeRootPrefix: "/p", spec: { ...spec, limits } };
    const value = metalor.operations["cell"]?.run(request, { ...common, ...(options as object) }, host);
    return isObject(value ?? null) ? ((value as { run: Json }).run ?? null) : null;
  };
  const hard = { callerHardLimits: { cpu: 100, nproc: 5 } };
  assert.equal(run({ cpuTimeSeconds: 200 }, hard), { ok: true });
  const lacks = { ...hard, callerLacksCapSysResource: true };
  const refused = (name: string): Json => ({
    error: `set ${name} for build cell: Operation not permitted (os error 1)`,
  });
  assert.equal(run({ cpuTimeSeconds: 200 }, lacks), refused("RLIMIT_CPU"));
  assert.equal(run({ maxProcesses: 6 }, lacks), refused("RLIMIT_NPROC"));
  assert.equal(run({ cpuTimeSeconds: 100, memoryBytes: 536870912, maxProcesses: 5 }, lacks), { ok: true });
  assert.equal(run({ memoryBytes: 4096 }, {}), {
    error: "failed to spawn container command /bin/true: Cannot allocate memory (os error 12)",
  });
});

test("only real mounts need a jail", () => {
  const operation = metalor.operations["cell"];
  assert.ok(operation);
  assert.is(effectsOf(operation, {}), "namespace");
  assert.is(effectsOf(operation, { mount: "real" }), "namespace");
  assert.is(effectsOf(operation, { mount: { failAt: 1 } }), "files");
  assert.throws(
    () => command({}, { mount: "real" }),
    (error: unknown) => error instanceof CupelError && error.code === "needs-jail",
  );
});

const elf = "\u007fELF\u0002\u0001\u0001";

const programs: Tree = [
  { path: "/r/bin/sh", type: "file", mode: "755", content: elf },
  { path: "/r/bin/script", type: "file", mode: "755", content: "#! /bin/sh -e\n" },
  { path: "/r/bin/orphan", type: "file", mode: "755", content: "#!/none\n" },
  { path: "/r/bin/plain", type: "file", mode: "755", content: "echo hi\n" },
  { path: "/r/bin/unmarked", type: "file", mode: "644", content: elf },
  { path: "/r/usr/bin/later", type: "file", mode: "755", content: elf },
  { path: "/r/usr/bin/unmarked", type: "file", mode: "755", content: elf },
  { path: "/r/abs", type: "symlink", target: "/bin/sh" },
  { path: "/r/up", type: "symlink", target: "../../../../bin/sh" },
  { path: "/r/loop", type: "symlink", target: "loop" },
  { path: "/r/loop1", type: "file", mode: "755", content: "#!/loop1\n" },
  { path: "/r/w/tool", type: "file", mode: "755", content: elf },
];

function found(executable: string, env: Environment = [], cwd = "/"): string {
  const { files } = memoryHost({ tree: programs });
  try {
    return findProgram(files, { root: "/r", cwd, executable, env });
  } catch (error) {
    if (error instanceof Rejection) return error.message.replace(/ \(os error \d+\)$/, "");
    throw error;
  }
}

test("a program is found, or not, as execve(2) says", () => {
  assert.is(found("/bin/sh"), "/bin/sh");
  assert.is(found("/bin/script"), "/bin/script");
  assert.is(found("/abs"), "/abs");
  assert.is(found("/up"), "/up");
  assert.is(found("/bin/none"), "No such file or directory");
  assert.is(found("/bin/orphan"), "No such file or directory");
  assert.is(found("/bin/unmarked"), "Permission denied");
  assert.is(found("/bin"), "Permission denied");
  assert.is(found("/bin/sh/x"), "Not a directory");
  assert.is(found("/bin/plain"), "Exec format error");
  assert.is(found("/loop"), "Too many levels of symbolic links");
  assert.is(found("/loop1"), "Too many levels of symbolic links");
});

test("a bare name is looked for as execvp(3) does: PATH, its default, and the shell for what the kernel does not know", () => {
  assert.is(found("sh"), "/bin/sh");
  assert.is(found("later"), "/usr/bin/later");
  assert.is(found("unmarked"), "/usr/bin/unmarked");
  assert.is(found("plain"), "/bin/plain");
  assert.is(found("unmarked", [["PATH", "/bin"]]), "Permission denied");
  assert.is(found("none"), "No such file or directory");
  assert.is(found("tool", [["PATH", ""]], "/w"), "tool");
  assert.is(found("tool", [["PATH", "/none:/bin/sh:"]], "/w"), "tool");
  assert.is(
    found("sh", [
      ["PATH", "/bin"],
      ["PATH", "/none"],
    ]),
    "No such file or directory",
  );
});

test("nothing in a root leads out of it", () => {
  const { files } = memoryHost({
    tree: [
      { path: "/etc/secret", type: "file" },
      { path: "/r/d", type: "dir" },
      { path: "/r/out", type: "symlink", target: "/etc/secret" },
      { path: "/r/climb", type: "symlink", target: "d/../../../etc/secret" },
    ],
  });
  for (const path of ["/out", "/climb", "/../etc/secret", "d/../../etc/secret"]) {
    assert.throws(
      () => findInRoot(files, "/r", path, "/"),
      (error: unknown) => error instanceof HostError && error.errno === "ENOENT",
      path,
    );
  }
});
