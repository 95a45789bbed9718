import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { realHost } from "../../runner/host/real-host.ts";
import { CupelError } from "../../src/errors.ts";
import { type Files, HostError } from "../../src/systems/host.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";

/** Gives `work` files below DIR/root, beside which DIR/outside/secret stands. */
async function withFiles(work: (files: Files, directory: string, root: string) => void): Promise<void> {
  await withDirectory({ "root/file": "text", "root/dir/inner": "x", "outside/secret": "s" }, (directory) => {
    work(realHost(join(directory, "root")).files, directory, join(directory, "root"));
  });
}

function errnoOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof HostError) return error.errno;
    if (error instanceof CupelError) return error.code;
    throw error;
  }
  return "none";
}

const bytes = new TextEncoder().encode("new");

test("files are read and written, relative to the root or by absolute path", async () => {
  await withFiles((files, _, root) => {
    assert.is(new TextDecoder().decode(files.readFile("file")), "text");
    assert.is(new TextDecoder().decode(files.readFile(join(root, "dir/../file"))), "text");
    files.makeDirectory("made");
    files.makeDirectory(`${root}/made/too/`);
    files.writeFile("made/f", bytes);
    assert.is(readFileSync(join(root, "made/f"), "utf8"), "new");
    assert.equal(files.readDirectory("made/"), ["f", "too"]);
    assert.equal(files.readDirectory("."), ["dir", "file", "made"]);
  });
});

test("lstat tells type, mode and size, and follows no final link", async () => {
  await withFiles((files, _, root) => {
    symlinkSync("file", join(root, "link"));
    execFileSync("mkfifo", [join(root, "fifo")]);
    assert.is(files.lstat("link").type, "symlink");
    assert.is(files.readLink("link"), "file");
    assert.is(files.lstat("fifo").type, "fifo");
    const { type, size, mode } = files.lstat("file");
    assert.equal({ type, size, mode }, { type: "file", size: 4, mode: lstatSync(join(root, "file")).mode & 0o7777 });
    assert.is(files.lstat("dir").type, "dir");
  });
});

test("what the kernel refuses comes by its name", async () => {
  await withFiles((files, _, root) => {
    symlinkSync("loop", join(root, "loop"));
    assert.is(
      errnoOf(() => files.lstat("none")),
      "ENOENT",
    );
    assert.is(
      errnoOf(() => files.lstat("")),
      "ENOENT",
    );
    assert.is(
      errnoOf(() => files.lstat("a\0b")),
      "EINVAL",
    );
    assert.is(
      errnoOf(() => files.lstat("none/x")),
      "ENOENT",
    );
    assert.is(
      errnoOf(() => files.lstat("file/x")),
      "ENOTDIR",
    );
    assert.is(
      errnoOf(() => files.readDirectory("file")),
      "ENOTDIR",
    );
    assert.is(
      errnoOf(() => files.readFile("dir")),
      "EISDIR",
    );
    assert.is(
      errnoOf(() => files.readFile("loop")),
      "ELOOP",
    );
    assert.is(
      errnoOf(() => files.makeDirectory("dir")),
      "EEXIST",
    );
    assert.is(
      errnoOf(() => files.writeFile("dir", bytes)),
      "EISDIR",
    );
    assert.is(
      errnoOf(() => files.writeFile("none/x", bytes)),
      "ENOENT",
    );
    assert.is(
      errnoOf(() => files.readLink("file")),
      "EINVAL",
    );
    assert.is(
      errnoOf(() => files.lstat(`${"n".repeat(300)}`)),
      "ENAMETOOLONG",
    );
  });
});

test("reading or writing a fifo never blocks", async () => {
  await withFiles((files, _, root) => {
    execFileSync("mkfifo", [join(root, "fifo")]);
    assert.is(
      errnoOf(() => files.readFile("fifo")),
      "EIO",
    );
    assert.is(
      errnoOf(() => files.writeFile("fifo", bytes)),
      "EIO",
    );
  });
});

test("a path that leads out by its words is refused", async () => {
  await withFiles((files, directory) => {
    for (const path of ["../outside/secret", "/etc/passwd", "dir/../../outside/secret", `${directory}/rootless`, "/"]) {
      assert.is(
        errnoOf(() => files.readFile(path)),
        "refused-for-safety",
        path,
      );
      assert.is(
        errnoOf(() => files.lstat(path)),
        "refused-for-safety",
        path,
      );
      assert.is(
        errnoOf(() => files.writeFile(path, bytes)),
        "refused-for-safety",
        path,
      );
      assert.is(
        errnoOf(() => files.makeDirectory(path)),
        "refused-for-safety",
        path,
      );
      assert.is(
        errnoOf(() => files.readDirectory(path)),
        "refused-for-safety",
        path,
      );
    }
  });
});

test("a path that leads out through a link is refused", async () => {
  await withFiles((files, directory, root) => {
    symlinkSync("../outside", join(root, "out"));
    symlinkSync("../../outside/secret", join(root, "dir/secret"));
    mkdirSync(join(directory, "outside/dir"));
    assert.is(
      errnoOf(() => files.readFile("out/secret")),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.readFile("dir/secret")),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.lstat("out/secret")),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.lstat("out/")),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.readDirectory("out")),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.writeFile("out/new", bytes)),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.makeDirectory("out/new")),
      "refused-for-safety",
    );
    assert.is(files.lstat("out").type, "symlink");
    writeFileSync(join(directory, "file"), "not ours");
    // `out/..` is the directory above the link's target, not the root.
    assert.is(
      errnoOf(() => files.readFile("out/../file")),
      "refused-for-safety",
    );
  });
});

test("a write never follows a final link, wherever it leads", async () => {
  await withFiles((files, directory, root) => {
    symlinkSync("../outside/secret", join(root, "out"));
    symlinkSync("file", join(root, "in"));
    symlinkSync("../outside/new", join(root, "dangling"));
    for (const path of ["out", "in", "dangling"]) {
      assert.is(
        errnoOf(() => files.writeFile(path, bytes)),
        "refused-for-safety",
      );
    }
    assert.is(readFileSync(join(directory, "outside/secret"), "utf8"), "s");
    assert.is(readFileSync(join(root, "file"), "utf8"), "text");
  });
});

test("a link that stays inside is followed for reading", async () => {
  await withFiles((files, _, root) => {
    symlinkSync("dir", join(root, "to"));
    assert.is(new TextDecoder().decode(files.readFile("to/inner")), "x");
    files.writeFile("to/other", bytes);
    assert.is(readFileSync(join(root, "dir/other"), "utf8"), "new");
  });
});

test("names are sorted by their bytes", async () => {
  await withFiles((files, _, root) => {
    for (const name of ["b", "B", "ä", "a", "\u{1f600}", "\uff5e"]) writeFileSync(join(root, "dir", name), "");
    assert.equal(files.readDirectory("dir"), ["B", "a", "b", "inner", "ä", "\uff5e", "\u{1f600}"]);
  });
});

test("an operation gets nothing of the caller's environment, and no tool", async () => {
  await withDirectory({}, (directory) => {
    const host = realHost(directory);
    assert.equal(host.process.env, {});
    assert.is(host.process.cwd, directory);
    assert.is(
      errnoOf(() => host.tools.run(["true"])),
      "ENOENT",
    );
  });
});
