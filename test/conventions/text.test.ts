/** What the text of every file keeps to. */
import { assert, test } from "../suite.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";

const src = sourceFiles("src");
const shipped = [...src, ...sourceFiles("runner"), ...sourceFiles("schema")];
const all = [...shipped, ...sourceFiles("test"), ...sourceFiles("bench")];

/** `file: match` for everything in the code of `files` that `pattern` finds. */
function found(files: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, code }) => [...code.matchAll(pattern)].map((match) => `${path}: ${match[0]}`));
}

test("src asks neither clock nor chance", () => {
  assert.equal(found(src, /\bDate\b|\bMath\.random\b|\bcrypto\b|\bperformance\b/g), []);
});

test("src touches no surroundings", () => {
  assert.equal(
    found(src, /\bconsole\s*\.|\bglobalThis\b|\bfetch\s*\(|\bset(?:Timeout|Interval|Immediate)\b|\beval\b/g),
    [],
  );
  assert.equal(found(src, /(?<![.\w])process\.(?:argv|exit|stdout|stderr|stdin|versions|platform|on)\b/g), []);
});

test("nothing is written for Deno alone", () => {
  assert.equal(found(all, /\bDeno\s*\./g), []);
});

test("a file opens with what it is", () => {
  const silent = shipped.filter(({ text }) => !/^(?:#!.*\n)?\/\*\*/.test(text));
  assert.equal(
    silent.map(({ path }) => path),
    [],
  );
});

test("everything that is exported says what it is", () => {
  const exported = /^export (?:async )?(?:function\*?|const|class|interface|type|abstract class) \w+/;
  // A comment may stand over several constants.
  const spoken = /\*\/\s*$|^export const .*;$/;
  const silent = shipped.flatMap(({ path, text }) => {
    const lines = text.split("\n").filter((line) => !line.startsWith("//"));
    return lines
      .filter((line, index) => exported.test(line) && !spoken.test(lines[index - 1] ?? ""))
      .map((line) => `${path}: ${line}`);
  });
  assert.equal(silent, []);
});

test("no file only hands on others", () => {
  const barrels = shipped.filter(({ path }) => /(?:^|\/)(?:index|mod)\.ts$/.test(path));
  assert.equal(
    barrels.map(({ path }) => path),
    [],
  );
});

test("no file is left half done", () => {
  assert.equal(
    all
      .filter(({ path }) => path !== "test/conventions/text.test.ts")
      .filter(({ text }) => /\b(?:TODO|FIXME|XXX)\b/.test(text))
      .map(({ path }) => path),
    [],
  );
});

test("every file with tests is one that the test command finds", () => {
  const lost = all.filter(
    ({ path, imports }) =>
      !path.endsWith(".test.ts") &&
      !path.startsWith("test/guard/") &&
      imports.some((each) => each.path === "test/suite.ts") &&
      /^test(?:\.executes)?\(/m.test(all.find((file) => file.path === path)?.text ?? ""),
  );
  assert.equal(
    lost.map(({ path }) => path),
    [],
  );
});
