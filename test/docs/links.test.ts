import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { root } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";
import { allPages, anchorsOf, proseOf, readPage } from "./markdown.ts";

const links = allPages().flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
);

test("there are links to look at", () => {
  assert.ok(links.length >= 10, `${links.length} links`);
});

test("every link leads to a file of this repository", () => {
  const lost = links.filter(({ page, target }) => {
    const [path = ""] = target.split("#");
    return path !== "" && !existsSync(join(root, dirname(page.path), path));
  });
  assert.equal(
    lost.map(({ page, target }) => `${page.path} -> ${target}`),
    [],
  );
});

test("every link to a heading leads to one", () => {
  const lost = links.filter(({ page, target }) => {
    const [path = "", anchor] = target.split("#");
    if (anchor === undefined) return false;
    const there = path === "" ? page : readPage(normalize(join(dirname(page.path), path)));
    return !anchorsOf(there).includes(anchor);
  });
  assert.equal(
    lost.map(({ page, target }) => `${page.path} -> ${target}`),
    [],
  );
});

test("every schema is linked from the page on formats", () => {
  const { text } = readPage("docs/FORMATS.md");
  const missing = ["table", "policy", "mutants", "profile", "baseline", "introduction", "output", "event"].filter(
    (name) => !text.includes(`](../schema/${name}.schema.json)`),
  );
  assert.equal(missing, []);
});
