/** Arrows point one way: runner -> src; the systems know neither the policies nor each other. */
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { assert, test } from "../suite.ts";
import { root, type SourceFile, sourceFiles } from "./source-files.ts";

const src = sourceFiles("src");
const runner = sourceFiles("runner");
const others = [...sourceFiles("test"), ...sourceFiles("bench"), ...sourceFiles("schema")];
const all = [...src, ...runner, ...others];

/** `file -> specifier` for every import of `files` that `isWrong`. */
function wrong(
  files: readonly SourceFile[],
  isWrong: (specifier: string, path: string | undefined, file: SourceFile) => boolean,
): readonly string[] {
  return files.flatMap((file) =>
    file.imports
      .filter(({ specifier, path }) => isWrong(specifier, path, file))
      .map(({ specifier }) => `${file.path} -> ${specifier}`),
  );
}

/** The package of a specifier. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

test("there is something to look at", () => {
  assert.ok(src.length > 20 && runner.length > 5 && others.length > 20);
  assert.ok(all.reduce((count, { imports }) => count + imports.length, 0) > all.length);
});

test("src imports pure packages and nothing else from outside", () => {
  const pure = ["valibot", "@noble/hashes", "fastest-levenshtein"];
  assert.equal(
    wrong(src, (specifier, path) =>
      path === undefined ? !pure.includes(packageOf(specifier)) : !path.startsWith("src/"),
    ),
    [],
  );
});

test("relative imports name the file with its ending", () => {
  assert.equal(
    wrong(all, (_, path) => path !== undefined && !path.endsWith(".ts")),
    [],
  );
});

test("the foundations know nothing of what stands on them", () => {
  const above = /^src\/(?:systems|policy|suite)\//;
  const foundations = src.filter(({ path }) => /^src\/(?:bytes|json|oci|format|go|rust)\//.test(path));
  assert.equal(
    wrong(foundations, (_, path) => path !== undefined && above.test(path)),
    [],
  );
});

test("the systems know neither policies nor suite, and no system knows another", () => {
  const systemOf = (path: string): string | undefined => /^src\/systems\/([^/]+)\//.exec(path)?.[1];
  const systems = src.filter(({ path }) => path.startsWith("src/systems/"));
  assert.equal(
    wrong(systems, (_, path, file) => {
      if (path === undefined) return false;
      if (/^src\/(?:policy|suite)\//.test(path)) return true;
      const [from, to] = [systemOf(file.path), systemOf(path)];
      return from !== undefined && to !== undefined && from !== to;
    }),
    [],
  );
});

test("the runner imports src and itself, never tests", () => {
  assert.equal(
    wrong(runner, (_, path) => path !== undefined && !/^(?:src|runner)\//.test(path)),
    [],
  );
});

test("no modules of src import each other in a circle", () => {
  const arrows = new Map(src.map(({ path, imports }) => [path, imports.filter((each) => !each.typeOnly)]));
  const done = new Set<string>();
  const circle = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of arrows.get(path) ?? []) {
      const found = next.path === undefined ? undefined : circle(next.path, [...way, path]);
      if (found !== undefined) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of src) assert.equal(circle(path, []) ?? [], []);
});

test("what is shipped imports only what package.json installs with it, the rest only what it declares", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const foreign = (specifier: string, path: string | undefined): boolean => path === undefined && !isBuiltin(specifier);
  const shipped = Object.keys(dependencies);
  const declared = [...shipped, ...Object.keys(devDependencies)];
  assert.equal(
    wrong(
      [...src, ...runner],
      (specifier, path) => foreign(specifier, path) && !shipped.includes(packageOf(specifier)),
    ),
    [],
  );
  assert.equal(
    wrong(others, (specifier, path) => foreign(specifier, path) && !declared.includes(packageOf(specifier))),
    [],
  );
});

test("every module of src is used by what is shipped", () => {
  const used = new Set(
    [...src, ...runner, ...sourceFiles("schema")].flatMap(({ imports }) => imports.map((each) => each.path)),
  );
  assert.equal(
    src.map(({ path }) => path).filter((path) => !used.has(path)),
    [],
  );
});

test("modules of Node are named with node:", () => {
  assert.equal(
    wrong(all, (specifier, path) => path === undefined && isBuiltin(specifier) && !specifier.startsWith("node:")),
    [],
  );
});

test("only test/suite.ts imports uvu", () => {
  const users = all.filter(({ imports }) => imports.some(({ specifier }) => packageOf(specifier) === "uvu"));
  assert.equal(
    users.map(({ path }) => path),
    ["test/suite.ts"],
  );
});

test("only test/guard/child.ts starts registered tests", () => {
  const users = all.filter(({ code }) => /\brunRegistered\b/.test(code)).map(({ path }) => path);
  assert.equal(
    users.filter((path) => !path.startsWith("test/conventions/")),
    ["test/guard/child.ts", "test/suite.ts"],
  );
});
