import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
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
        errnoOf(() => files.writeFile(path, bytes)),
        "refused-for-safety",
        path,
      );
      assert.is(
        errnoOf(() => files.setMode(path, 0o777)),
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
    const sorted = ["B", "a", "b", "inner", "ä", "\uff5e", "\u{1f600}"];
    assert.equal(files.readDirectory("dir"), sorted);
    assert.equal(
      files.readEntries("dir").map(({ name }) => name),
      sorted,
    );
  });
});

test("a list of entries says what each is, and follows none of them", async () => {
  await withFiles((files, _, root) => {
    symlinkSync("../dir", join(root, "dir/link"));
    mkdirSync(join(root, "dir/below"));
    assert.equal(files.readEntries("dir"), [
      { name: "below", type: "dir" },
      { name: "inner", type: "file" },
      { name: "link", type: "symlink" },
    ]);
    assert.is(
      errnoOf(() => files.readEntries("file")),
      "ENOTDIR",
    );
  });
});

test("looking is free: status, real path and the text of a link", async () => {
  await withFiles((files, directory, root) => {
    symlinkSync("../outside", join(root, "out"));
    assert.is(files.lstat("out").type, "symlink");
    assert.is(files.stat("out").type, "dir");
    assert.is(files.lstat("out/secret").size, 1);
    assert.is(files.realPath("out"), join(directory, "outside"));
    assert.is(files.find("none"), undefined);
    assert.is(
      errnoOf(() => files.find("file/x")),
      "ENOTDIR",
    );
    // Who makes parents begins above.
    assert.is(
      errnoOf(() => files.makeDirectory("/")),
      "EEXIST",
    );
  });
});

test("nothing is made, changed or removed outside, by words or through a link", async () => {
  await withFiles((files, directory, root) => {
    symlinkSync("../outside", join(root, "out"));
    const before = fingerprint(join(directory, "outside"));
    const attempts: readonly ((path: string) => void)[] = [
      (path) => files.makeDirectory(path),
      (path) => files.makeLink(path, "x"),
      (path) => files.create(path),
      (path) => files.writeFile(path, bytes),
      (path) => files.copyFile("file", path, 0o644),
      (path) => files.removeFile(path),
      (path) => files.removeDirectory(path),
    ];
    for (const path of ["../outside/new", "out/new", "dir/../../outside/new", join(directory, "outside/new")]) {
      for (const [index, attempt] of attempts.entries()) {
        assert.is(
          errnoOf(() => attempt(path)),
          "refused-for-safety",
          `${index} ${path}`,
        );
      }
    }
    for (const attempt of [files.open, files.readFile, (path: string) => files.setMode(path, 0o777)]) {
      assert.is(
        errnoOf(() => attempt("out/secret")),
        "refused-for-safety",
      );
    }
    assert.is(
      errnoOf(() => files.copyFile("out/secret", "copy", 0o644)),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.makeHardLink("file", "second")),
      "refused-for-safety",
    );
    assert.is(
      errnoOf(() => files.removeDirectory(".")),
      "refused-for-safety",
    );
    assert.equal(fingerprint(join(directory, "outside")), before);
  });
});

test("a copy follows no link at either end, and keeps mode and set-id bits", async () => {
  await withFiles((files, directory, root) => {
    symlinkSync("../outside/secret", join(root, "out"));
    chmodSync(join(root, "file"), 0o4751);
    files.copyFile("file", "copy", 0o4751);
    assert.is(lstatSync(join(root, "copy")).mode & 0o7777, 0o4751);
    files.copyFile("dir/inner", "copy", 0o600);
    assert.is(readFileSync(join(root, "copy"), "utf8"), "x");
    assert.is(lstatSync(join(root, "copy")).mode & 0o7777, 0o600);
    assert.is(
      errnoOf(() => files.copyFile("out", "copy2", 0o600)),
      "ELOOP",
    );
    assert.is(
      errnoOf(() => files.copyFile("file", "out", 0o600)),
      "refused-for-safety",
    );
    assert.is(readFileSync(join(directory, "outside/secret"), "utf8"), "s");
    writeFileSync(join(root, "large"), new Uint8Array(700_001).fill(7));
    chmodSync(join(root, "large"), 0o2640);
    files.copyFile("large", "large2");
    assert.is(lstatSync(join(root, "large2")).mode & 0o7777, 0o2640);
    assert.ok(readFileSync(join(root, "large")).equals(readFileSync(join(root, "large2"))));
  });
});

test("a directory that was removed and came back as a link is not trusted", async () => {
  await withFiles((files, directory, root) => {
    files.writeFile("dir/a", bytes);
    for (const name of ["a", "inner"]) files.removeFile(`dir/${name}`);
    files.removeDirectory("dir");
    symlinkSync("../outside", join(root, "dir"));
    assert.is(
      errnoOf(() => files.writeFile("dir/a", bytes)),
      "refused-for-safety",
    );
    assert.equal(readdirSync(join(directory, "outside")), ["secret"]);
  });
});

test("a file is read and written piece by piece, and gets the time it is told", async () => {
  await withFiles((files, _, root) => {
    const writer = files.create("made");
    writer.write(new Uint8Array(300_000).fill(1));
    writer.write(new Uint8Array(300_000).fill(2));
    writer.close(1_000_000);
    assert.is(lstatSync(join(root, "made")).mtimeMs, 1_000_000_000);
    assert.is(
      errnoOf(() => files.create("made")),
      "EEXIST",
    );
    const reader = files.open("made");
    let sum = 0;
    let size = 0;
    for (let piece = reader.read(); piece.length > 0; piece = reader.read()) {
      size += piece.length;
      for (const byte of piece) sum += byte;
    }
    reader.close();
    assert.equal([size, sum], [600_000, 900_000]);
  });
});

test("a name that is not UTF-8 is said to be one", async () => {
  await withFiles((files, _, root) => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/dir/`), Buffer.from([0x66, 0xff])]), "");
    assert.is(
      errnoOf(() => files.readDirectory("dir")),
      "name-not-utf8",
    );
  });
});

test("mounts are made below the directories of an operation only, of what lies there", async () => {
  await withDirectory({ "root/a/x": "", "root/b/x": "" }, (directory) => {
    const { tools } = realHost(join(directory, "root"), { tools: ["mount"] });
    for (const args of [
      ["--bind", "/etc", join(directory, "root/a")],
      ["--bind", join(directory, "root/b"), directory],
      ["-t", "proc", "proc", "/proc"],
      ["-o", "remount,bind,ro", "/"],
    ]) {
      assert.is(
        errnoOf(() => tools.run(["mount", ...args])),
        "refused-for-safety",
        args.join(" "),
      );
    }
  });
});

test("images are fetched and unpacked below the directories of an operation only", async () => {
  await withDirectory({ "root/x": "" }, (directory) => {
    const { tools } = realHost(join(directory, "root"));
    for (const argv of [
      ["skopeo", "copy", "dir:/none", `oci:${directory}/layout:image`],
      ["umoci", "unpack", "--image", "none:image", join(directory, "bundle")],
      ["umoci", "unpack", "--image", "none:image", "../bundle"],
    ]) {
      const code = errnoOf(() => tools.run(argv));
      assert.ok(code === "refused-for-safety" || code === "ENOENT", `${argv[0]}: ${code}`);
    }
    assert.equal(readdirSync(directory), ["root"]);
  });
});

test("the hands do not go on where upstream would do harm", async () => {
  await withDirectory({}, (directory) => {
    assert.is(
      errnoOf(() => realHost(directory).refuse("because")),
      "refused-for-safety",
    );
  });
});

/** Names, modes and contents of the files in a directory. */
function fingerprint(directory: string): readonly unknown[] {
  return readdirSync(directory).map((name) => {
    return [name, lstatSync(join(directory, name)).mode, readFileSync(join(directory, name), "utf8")];
  });
}

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
