// How bin/load.js finds our modules: only Node needs it.
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const isDeno = process.versions["deno"] !== undefined;

/** A package that starts as cupel does, in a directory whose name needs care, and its directory for temporary files. */
interface Small {
  readonly home: string;
  readonly temporary: string;
  /** What it prints, or its complaint. */
  readonly start: (env?: { readonly [name: string]: string }, script?: string) => string;
  /** The files that it keeps, with their times of change. */
  readonly kept: () => readonly string[];
}

const program = `import { word } from "./word.ts";
export const start = async () => {
  const { other } = await import("./other.ts");
  console.log(word(1), other);
};
`;
const files = {
  "a b%20ü🙂/package.json": '{ "type": "module" }',
  "a b%20ü🙂/runner/cli.ts": program,
  "a b%20ü🙂/runner/word.ts": 'export const word = (n: number): string => "ä" + n;\n',
  "a b%20ü🙂/runner/other.ts": "export const other = new URL(import.meta.url).pathname.length;\n",
};

async function withSmall(use: (small: Small) => void): Promise<void> {
  await withDirectory(files, async (directory) => {
    const home = join(directory, "a b%20ü🙂");
    const temporary = join(directory, "temporary");
    mkdirSync(temporary);
    cpSync(join(root, "bin"), join(home, "bin"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
    settle();
    const start: Small["start"] = (env = {}, script = join(home, "bin/cupel.js")) => {
      const options = {
        cwd: "/",
        env: { PATH: "/usr/bin:/bin", TMPDIR: temporary, ...env },
        encoding: "utf8",
      } as const;
      const { stdout, stderr } = spawnSync(process.execPath, [script], options);
      return stdout + stderr;
    };
    const kept = (): readonly string[] =>
      readdirSync(temporary).flatMap((name) =>
        readdirSync(join(temporary, name)).map((file) => `${file} ${statSync(join(temporary, name, file)).mtimeMs}`),
      );
    use({ home, temporary, start, kept });
  });
}

/** What changed a moment ago is not kept: it may be changing still. */
function settle(): void {
  execFileSync("sleep", ["0.3"]);
}

if (isDeno) {
  test("Deno reads TypeScript as it is", () => {
    assert.is(
      readFileSync(join(root, "bin/cupel.js"), "utf8").includes('isDeno ? await import("../runner/cli.ts")'),
      true,
    );
  });
} else {
  test("what a start made is kept for the caller alone, and used again", async () => {
    await withSmall(({ start, kept, temporary }) => {
      const first = start();
      assert.match(first, /^ä1 \d+\n$/);
      const [directory = ""] = readdirSync(temporary);
      assert.is(statSync(join(temporary, directory)).mode & 0o777, 0o700);
      const before = kept();
      assert.is(before.length, 1);
      assert.is(start(), first);
      assert.equal(kept(), before);
    });
  });

  test("a source that changed is read anew, even one of the same size and time", async () => {
    await withSmall(({ home, start }) => {
      const word = join(home, "runner/word.ts");
      const { atime, mtime } = statSync(word);
      assert.match(start(), /^ä1/);
      writeFileSync(word, readFileSync(word, "utf8").replace("ä", "ö"));
      lutimesSync(word, atime, mtime);
      assert.match(start(), /^ö1/);
      settle();
      assert.match(start(), /^ö1/);
      renameSync(word, `${word}.gone`);
      assert.match(start(), /Cannot find module '[^']*word.ts'/);
    });
  });

  test("without a directory for temporary files every start reads the sources", async () => {
    await withSmall(({ start, temporary }) => {
      assert.match(start({ TMPDIR: join(temporary, "is/not/there") }), /^ä1/);
      assert.match(start({ TMPDIR: "/proc" }), /^ä1/);
    });
  });

  test("nothing is read from a directory that others can write to, nor through a link, nor from a file that is cut", async () => {
    await withSmall(({ start, kept, temporary, home }) => {
      const expected = start();
      const [name = ""] = readdirSync(temporary);
      const directory = join(temporary, name);
      const [file = ""] = readdirSync(directory);
      const whole = readFileSync(join(directory, file), "utf8");
      writeFileSync(join(directory, file), whole.replaceAll("1", "2"));
      assert.is(start(), expected, "another manifest");
      const changed = whole.replace("console.log(", 'console.log("not ours",');
      writeFileSync(join(directory, file), changed);
      assert.match(start(), "not ours", "the caller's own file is believed");
      chmodSync(directory, 0o777);
      assert.is(start(), expected, "others could have written it");
      chmodSync(directory, 0o700);
      renameSync(directory, join(home, "elsewhere"));
      symlinkSync(join(home, "elsewhere"), directory);
      assert.is(start(), expected, "a link");
      rmSync(directory);
      renameSync(join(home, "elsewhere"), directory);
      writeFileSync(join(directory, file), whole.slice(0, 40));
      assert.is(start(), expected, "cut");
      assert.is(start(), expected, "whole again");
      assert.is(kept().length, 1);
    });
  });

  test("a start through a link finds the package", async () => {
    await withSmall(({ home, start, temporary }) => {
      symlinkSync(join(home, "bin/cupel.js"), join(temporary, "../cupel"));
      assert.match(start({}, join(temporary, "../cupel")), /^ä1/);
    });
  });

  test("a stack names our files, and their lines when asked to", async () => {
    await withSmall(({ home, start }) => {
      const broken =
        "type A = 1;\n\ninterface B {}\nconst fail = (): never => {\n  throw new Error('it broke');\n};\nfail();\n";
      writeFileSync(join(home, "runner/other.ts"), broken);
      assert.match(start({ CUPEL_SOURCE_MAPS: "1" }), "/runner/other.ts:5:9");
      settle();
      for (const _ of ["made", "kept"]) {
        const lines = start().split("\n");
        const at = lines.indexOf("Error: it broke");
        assert.is(lines[at + 1], `    at fail (${home}/runner/other.ts)`);
      }
    });
  });

  test("where no script can be made, one module after the other is loaded", async () => {
    await withSmall(({ home, start, kept }) => {
      writeFileSync(join(home, "bin/bundle.js"), "throw new Error('no');");
      assert.match(start(), /^ä1 \d+\n$/);
      assert.is(kept().filter((name) => name.startsWith("runner-")).length, 0);
    });
  });

  test("scripts that nobody used for long make room", async () => {
    await withSmall(({ start, temporary, home }) => {
      start();
      const [name = ""] = readdirSync(temporary);
      for (let old = 0; old < 30; old++) {
        writeFileSync(join(temporary, name, `old-${old}.cjs`), "");
        lutimesSync(join(temporary, name, `old-${old}.cjs`), 1, 1);
      }
      writeFileSync(join(home, "runner/word.ts"), "export const word = String;\n");
      settle();
      assert.match(start(), /^1 /);
      const left = readdirSync(join(temporary, name));
      assert.is(left.length, 16);
      assert.ok(left.some((file) => file.startsWith("runner-cli")));
    });
  });

  test("a script of another version of Node is made anew", async () => {
    await withSmall(({ start, temporary }) => {
      start();
      const [name = ""] = readdirSync(temporary);
      const [file = ""] = readdirSync(join(temporary, name));
      const path = join(temporary, name, file);
      writeFileSync(path, readFileSync(path, "utf8").replace("console.log(", 'console.log("kept",'));
      assert.match(start(), /^kept/);
      writeFileSync(path, readFileSync(path, "utf8").replace(process.version, "v20.0.1"));
      assert.match(start(), /^ä1/);
    });
  });

  test("a package that is missing is said in one line", async () => {
    await withSmall(({ home, start }) => {
      writeFileSync(join(home, "runner/word.ts"), 'import "a-package-that-is-not-there";\n');
      assert.match(
        start(),
        /^cupel: its packages are not installed; run npm ci in [^\n]*a-package-that-is-not-there[^\n]*\n$/,
      );
    });
  });
}
