/** The host in memory against what path_resolution(7) and the calls' man pages say. */
import type { Tree } from "../../src/suite/case.ts";
import { type MemoryHost, memoryHost } from "../../src/suite/memory-host.ts";
import { HostError } from "../../src/systems/host.ts";
import { assert, test } from "../suite.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const tree: Tree = [
  { path: "/d/f", type: "file", content: "f", mode: "600" },
  { path: "/d/sub", type: "dir", mode: "700" },
  { path: "/to-file", type: "symlink", target: "d/f" },
  { path: "/to-dir", type: "symlink", target: "/d/" },
  { path: "/dangling", type: "symlink", target: "d/new" },
  { path: "/loop", type: "symlink", target: "loop" },
  { path: "/pipe", type: "fifo" },
];

function host(): MemoryHost {
  return memoryHost({ tree });
}

function errno(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof HostError) return error.errno;
    throw error;
  }
  return "none";
}

test("lstat sees a link and not what it leads to, unless a slash stands behind it", () => {
  const { files } = host();
  assert.equal(files.lstat("/to-file"), { type: "symlink", mode: 0o777, uid: 0, gid: 0, size: 3 });
  assert.is(files.lstat("/to-dir/").type, "dir");
  assert.is(
    errno(() => files.lstat("/to-file/")),
    "ENOTDIR",
  );
  assert.equal(files.lstat("/d/f"), { type: "file", mode: 0o600, uid: 0, gid: 0, size: 1 });
  assert.is(files.lstat("/pipe").type, "fifo");
});

test("a path is walked part by part: `..` needs a directory before it and stops at the root", () => {
  const { files } = host();
  assert.is(files.lstat("/d/sub/../f").type, "file");
  assert.is(files.lstat("/../../d//./f").type, "file");
  assert.is(files.lstat("/to-dir/../to-dir/f").type, "file");
  assert.is(
    errno(() => files.lstat("/d/f/..")),
    "ENOTDIR",
  );
  assert.is(
    errno(() => files.lstat("/d/f/.")),
    "ENOTDIR",
  );
  assert.is(
    errno(() => files.lstat("/none/..")),
    "ENOENT",
  );
  assert.is(
    errno(() => files.lstat("/d/f/x")),
    "ENOTDIR",
  );
  assert.is(
    errno(() => files.lstat("")),
    "ENOENT",
  );
});

test("a relative path starts at the working directory, which is there and empty", () => {
  const { files, process } = memoryHost({ cwd: "/w/here" });
  assert.equal(files.readDirectory("."), []);
  files.writeFile("f", text("1"));
  assert.is(files.lstat(`${process.cwd}/f`).type, "file");
});

test("40 links on one path are followed, 41 are not", () => {
  const chain = (length: number): Tree => [
    { path: "/l0", type: "file", content: "end" },
    ...Array.from({ length }, (_, index) => ({
      path: `/l${index + 1}`,
      type: "symlink" as const,
      target: `l${index}`,
    })),
  ];
  assert.equal(memoryHost({ tree: chain(40) }).files.readFile("/l40"), text("end"));
  assert.is(
    errno(() => memoryHost({ tree: chain(41) }).files.readFile("/l41")),
    "ELOOP",
  );
  assert.is(
    errno(() => host().files.readFile("/loop")),
    "ELOOP",
  );
  assert.is(
    errno(() => host().files.lstat("/loop/x")),
    "ELOOP",
  );
});

test("reading follows links and wants the right kind of thing", () => {
  const { files } = host();
  assert.equal(files.readFile("/to-file"), text("f"));
  assert.equal(files.readDirectory("/to-dir"), ["f", "sub"]);
  assert.equal(files.readEntries("/to-dir"), [
    { name: "f", type: files.lstat("/to-dir/f").type },
    { name: "sub", type: files.lstat("/to-dir/sub").type },
  ]);
  assert.is(files.readLink("/to-dir"), "/d/");
  assert.is(
    errno(() => files.readFile("/d")),
    "EISDIR",
  );
  assert.is(
    errno(() => files.readDirectory("/d/f")),
    "ENOTDIR",
  );
  assert.is(
    errno(() => files.readEntries("/d/f")),
    "ENOTDIR",
  );
  assert.is(
    errno(() => files.readLink("/d/f")),
    "EINVAL",
  );
  assert.is(
    errno(() => files.readFile("/dangling")),
    "ENOENT",
  );
});

test("writing makes files with mode 644, keeps the mode of those that are there, and goes through links", () => {
  const { files } = host();
  files.writeFile("/d/g", text("g"));
  files.writeFile("/to-file", text("new"));
  files.writeFile("/dangling", text("made"));
  assert.is(files.lstat("/d/g").mode, 0o644);
  assert.is(files.lstat("/d/f").mode, 0o600);
  assert.equal(files.readFile("/d/f"), text("new"));
  assert.equal(files.readFile("/d/new"), text("made"));
  assert.is(
    errno(() => files.writeFile("/d", text(""))),
    "EISDIR",
  );
  assert.is(
    errno(() => files.writeFile("/none/", text(""))),
    "EISDIR",
  );
  assert.is(
    errno(() => files.writeFile("/none/x", text(""))),
    "ENOENT",
  );
  assert.is(
    errno(() => files.writeFile("/d/f/x", text(""))),
    "ENOTDIR",
  );
});

test("what was written does not change with the caller's bytes", () => {
  const { files } = host();
  const bytes = text("abc");
  files.writeFile("/x", bytes);
  bytes[0] = 0;
  files.readFile("/x")[1] = 0;
  assert.equal(files.readFile("/x"), text("abc"));
});

test("a directory is made with mode 755 where nothing is, a dangling link counting as something", () => {
  const { files } = host();
  files.makeDirectory("/d/made/");
  assert.equal(files.lstat("/d/made"), { type: "dir", mode: 0o755, uid: 0, gid: 0, size: 0 });
  for (const path of ["/d", "/d/f", "/dangling", "/dangling/", "/", "/d/.", "/d/.."]) {
    assert.is(
      errno(() => files.makeDirectory(path)),
      "EEXIST",
      path,
    );
  }
  assert.is(
    errno(() => files.makeDirectory("/none/x")),
    "ENOENT",
  );
  assert.is(
    errno(() => files.makeDirectory("/d/f/x")),
    "ENOTDIR",
  );
});

test("names of more than 255 bytes and paths of more than 4095 are too long", () => {
  const { files } = host();
  assert.is(
    errno(() => files.makeDirectory(`/${"é".repeat(127)}`)),
    "none",
  );
  assert.is(
    errno(() => files.lstat(`/${"é".repeat(128)}`)),
    "ENAMETOOLONG",
  );
  assert.is(
    errno(() => files.lstat("/.".repeat(2048))),
    "ENAMETOOLONG",
  );
  assert.is(
    errno(() => files.lstat("/d\0")),
    "EINVAL",
  );
});

test("names are sorted by their bytes", () => {
  const names = ["a", "B", "\u{10000}", "\uffee", "é", "aa"];
  const { files } = memoryHost({ tree: names.map((name) => ({ path: `/d/${name}`, type: "dir" })) });
  assert.equal(files.readDirectory("/d"), ["B", "a", "aa", "é", "\uffee", "\u{10000}"]);
});

test("the tree below a directory has parents first, modes, and content as text where it is text", () => {
  const made = memoryHost({
    tree: [
      { path: "/t/b", type: "file", contentBase64: "/w==" },
      { path: "/t/a/x", type: "file", content: "é", mode: "4755" },
      { path: "/t/a.b", type: "symlink", target: "a" },
    ],
  });
  assert.equal(made.tree("/t"), [
    { path: "/t/a", type: "dir", mode: "755" },
    { path: "/t/a/x", type: "file", mode: "4755", content: "é" },
    { path: "/t/a.b", type: "symlink", target: "a" },
    { path: "/t/b", type: "file", mode: "644", contentBase64: "/w==" },
  ]);
});

test("there are no tools, and two hosts share nothing", () => {
  const [one, other] = [host(), host()];
  assert.is(
    errno(() => one.tools.run(["true"])),
    "ENOENT",
  );
  one.files.makeDirectory("/mine");
  assert.is(
    errno(() => other.files.lstat("/mine")),
    "ENOENT",
  );
});

test("links, removal and modes are as unlink(2), rmdir(2), symlink(2), link(2) and chmod(2) say", () => {
  const { files } = host();
  files.makeLink("/d/new-link", "sub");
  assert.is(files.readLink("/d/new-link"), "sub");
  files.setMode("/d/new-link", 0o711);
  assert.is(files.lstat("/d/sub").mode, 0o711);
  files.makeHardLink("/d/f", "/second");
  files.setMode("/second", 0o640);
  assert.is(files.lstat("/d/f").mode, 0o640);
  const refusals: readonly (readonly [string, () => void])[] = [
    ["EEXIST", () => files.makeLink("/d/f", "x")],
    ["ENOENT", () => files.makeLink("/d/empty", "")],
    ["ENOENT", () => files.makeLink("/d/slash/", "x")],
    ["EPERM", () => files.makeHardLink("/d", "/third")],
    ["EEXIST", () => files.makeHardLink("/d/f", "/second")],
    ["ENOENT", () => files.setMode("/dangling", 0o600)],
    ["ENOENT", () => files.removeFile("/none")],
    ["EISDIR", () => files.removeFile("/d")],
    ["ENOTDIR", () => files.removeFile("/d/f/")],
    ["ENOTDIR", () => files.removeDirectory("/d/f")],
    ["ENOTDIR", () => files.removeDirectory("/to-dir")],
    ["ENOTEMPTY", () => files.removeDirectory("/d")],
    ["EINVAL", () => files.removeDirectory("/d/sub/.")],
    ["EEXIST", () => files.create("/dangling")],
    ["EISDIR", () => files.create("/d/none/")],
    ["EISDIR", () => files.create("/d/f/")],
    ["EISDIR", () => files.create("/d/sub/")],
    ["EEXIST", () => files.create("/d/sub/./")],
    ["ENOENT", () => files.create("/none/x/")],
    ["EISDIR", () => files.writeFile("/d/f/", new Uint8Array(0))],
    ["EEXIST", () => files.makeLink("/dangling/", "x")],
    ["EEXIST", () => files.makeHardLink("/d", "/second")],
    ["ENOENT", () => files.makeHardLink("/d", "/third/")],
    ["ENOTDIR", () => files.removeFile("/to-dir/")],
    ["ENOTEMPTY", () => files.removeDirectory("/d/sub/..")],
    ["EISDIR", () => files.copyFile("/d/f", "/d/sub", 0o644)],
    ["ENOTDIR", () => files.find("/d/f/x")],
  ];
  for (const [index, [wanted, action]] of refusals.entries()) assert.is(errno(action), wanted, String(index));
  files.removeFile("/to-dir");
  files.removeDirectory("/d/sub/");
  assert.is(files.find("/to-dir"), undefined);
  assert.equal(files.readDirectory("/d"), ["f", "new-link"]);
});

test("the set-group-id bit of a directory is handed down to directories, not to files (inode(7))", () => {
  const { files } = memoryHost({ tree: [{ path: "/g", type: "dir", mode: "2775" }] });
  files.makeDirectory("/g/a");
  files.makeDirectory("/g/a/b/");
  files.create("/g/f").close();
  assert.equal(
    ["/g/a", "/g/a/b", "/g/f"].map((path) => files.lstat(path).mode.toString(8)),
    ["2755", "2755", "644"],
  );
});

test("a tree that is gone has nothing in it", () => {
  const made = host();
  made.files.removeDirectory("/d/sub");
  assert.equal(made.tree("/d/sub"), []);
});

test("the real path has no links, and everything on it exists", () => {
  const { files } = host();
  assert.is(files.realPath("/to-dir/../to-file"), "/d/f");
  assert.is(files.realPath("/to-dir/sub/."), "/d/sub");
  assert.is(files.realPath("/.."), "/");
  assert.is(
    errno(() => files.realPath("/dangling")),
    "ENOENT",
  );
  assert.is(
    errno(() => files.realPath("/loop")),
    "ELOOP",
  );
  assert.is(files.stat("/to-file").type, "file");
  assert.is(files.stat("/dev/null").type, "other");
});

test("files are written and read piece by piece", () => {
  const { files } = host();
  const writer = files.create("/d/made");
  for (const part of ["a", "bc"]) writer.write(text(part));
  writer.close();
  const reader = files.open("/d/made");
  assert.equal([reader.read(), reader.read()], [text("abc"), text("")]);
  files.copyFile("/d/made", "/d/copy", 0o4755);
  assert.is(files.lstat("/d/copy").mode, 0o4755);
});

test("only a careful host refuses what would do harm", () => {
  memoryHost().refuse("why");
  assert.throws(() => memoryHost({ careful: true }).refuse("why"), /^why$/);
});
