import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, root, sourceFiles } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";
import { readPage, rowsOf, sectionOf } from "./markdown.ts";

interface Manifest {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const table = rowsOf(sectionOf(readPage("CONTRIBUTING.md"), "Dependencies")).flatMap(([cell = ""]) =>
  cell
    .replace(/ \(dev\)$/, "")
    .split(", ")
    .map((name) => ({ name, dev: cell.endsWith(" (dev)") })),
);

test("the table of dependencies names packages of package.json, as what they are", () => {
  const wrong = table.filter(({ name, dev }) => {
    return !Object.hasOwn(dev ? manifest.devDependencies : manifest.dependencies, name);
  });
  assert.ok(table.length > 5);
  assert.equal(wrong, []);
});

test("every package that is imported stands in the table", () => {
  const scripts = filesBelow("bin").map((path) => readFileSync(join(root, path), "utf8"));
  const specifiers = [
    ...["src", "runner", "test", "bench", "schema"].flatMap(sourceFiles).flatMap(({ imports }) => imports),
    ...scripts.flatMap((text) =>
      [...text.matchAll(/import\("([^"]+)"\)/g)].map(([, specifier = ""]) => ({ specifier })),
    ),
  ].map(({ specifier }) => specifier);
  const packages = specifiers
    .filter((specifier) => !/^(?:\.|node:)/.test(specifier))
    .map((specifier) =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  const named = new Set(table.map(({ name }) => name));
  assert.equal(
    [...new Set(packages)].filter((name) => !named.has(name)),
    [],
  );
});
