import { atPointer } from "../../../src/json/pointer.ts";
import type { Json } from "../../../src/json/value.ts";
import type { Tree } from "../../../src/suite/case.ts";
import { type MemoryHost, memoryHost } from "../../../src/suite/memory-host.ts";
import { assert, test } from "../../suite.ts";
import { refusal, run, specRequest } from "./run.ts";

const caller = { currentExe: "/usr/bin/tool", subcommand: "run", runtimeRootPrefix: "/srv" };
const prefix: Tree = [{ path: "/srv", type: "dir" }];
const plain = { root: "/srv/root", cwd: "/", mounts: [], env: [], emulator: null, executable: "sh", argv: [] };

/** The paths at and below the prefix. */
function paths(host: MemoryHost): readonly string[] {
  return host
    .tree("/")
    .map(({ path }) => path)
    .filter((path) => path.startsWith("/srv"));
}

test("what upstream refuses before it touches files leaves no file", () => {
  const host = memoryHost({ tree: prefix });
  refusal("buildCellReexec", { ...caller, ...(specRequest({ env: [["", ""]] }) as object) }, host);
  refusal("unshareReexec", { ...caller, command: { ...plain, cwd: "x" } }, host);
  refusal("buildCellReexec", { ...caller, runtimeRootPrefix: "//", ...(specRequest() as object) }, host);
  refusal("unshareReexec", { ...caller, runtimeRootPrefix: "/none", command: plain }, host);
  assert.equal(paths(host), ["/srv"]);
});

test("each step's effects stay when a later one fails", () => {
  const host = memoryHost({ tree: prefix });
  const words = refusal("buildCellReexec", { ...caller, ...(specRequest({ scratch: "/srv/root" }) as object) }, host);
  assert.is(words, "build scratch must not equal the build cell root");
  assert.equal(paths(host), ["/srv", "/srv/root", "/srv/root/.metalor-root"]);
});

test("the request file is in the real scratch directory, the stage where the cell says", () => {
  const host = memoryHost({ tree: prefix });
  const request = { ...caller, ...(specRequest({ scratch: "/srv//./s/" }) as object) };
  const command = run("buildCellReexec", request, {}, host);
  assert.is(atPointer(command, "/args/9"), "/srv/s/build-cell-request.json");
  assert.equal(
    run("readRequest", { path: "/srv/s/build-cell-request.json" }, {}, host),
    atPointer(request as Json, "/spec"),
  );
});

test("a command's texts become arguments as they are, an empty emulator excepted", () => {
  const command = {
    ...plain,
    env: [["A", "b=c"]],
    argv: ["--executable", ""],
    mounts: [{ source: "/s", destination: "/", readOnly: true }],
  };
  const made = run("unshareReexec", { ...caller, command }, {}, memoryHost({ tree: prefix }));
  assert.equal(atPointer(made, "/args"), [
    ...["--fork", "--pid", "--mount", "--uts", "--ipc", "--", "/usr/bin/tool", "run"],
    ...["--root", "/srv/root", "--cwd", "/"],
    ...["--mount-source", "/s", "--mount-dest", "/", "--mount-mode", "ro"],
    ...["--env", "A=b=c", "--executable", "sh", "--executable", ""],
  ]);
  assert.is(
    refusal("unshareReexec", { ...caller, command: { ...plain, emulator: "" } }),
    "container emulator must be absolute: ",
  );
});

test("a prefix is resolved by what is on disk", () => {
  const tree: Tree = [
    { path: "/a/b", type: "dir" },
    { path: "/l", type: "symlink", target: "a" },
    { path: "/loop", type: "symlink", target: "loop" },
    { path: "/file", type: "file" },
  ];
  const host = memoryHost({ tree });
  assert.equal(run("canonicalizePrefix", { prefix: "/l/./b//" }, {}, host), { path: "/a/b" });
  const context = "failed to canonicalize runtime root prefix";
  const words = (path: string): string => refusal("canonicalizePrefix", { prefix: path }, host);
  assert.is(words("/loop"), `${context} /loop: Too many levels of symbolic links (os error 40)`);
  assert.is(words("/file/x"), `${context} /file/x: Not a directory (os error 20)`);
  assert.is(words("/a\0"), `${context} /a\0: file name contained an unexpected NUL byte`);
  assert.is(words("/a/../l"), "runtime root prefix must not contain '..': /a/../l");
  assert.equal(run("canonicalizePrefix", { prefix: "/file" }, {}, host), { path: "/file" });
  assert.is(refusal("canonicalizeRoot", { root: "/." }, host), "container root must not be /");
});
