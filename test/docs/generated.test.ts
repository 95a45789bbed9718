import { assert, test } from "../suite.ts";
import { generatedBy, regenerated } from "./generated.ts";
import { allPages } from "./markdown.ts";

const pages = allPages().filter((page) => generatedBy(page).length > 0);

test("the page on posture has tables that cupel printed", () => {
  assert.ok(pages.some(({ path }) => path === "docs/POSTURE.md"));
});

for (const page of pages) {
  test(`what cupel printed into ${page.path} is what it prints today`, async () => {
    assert.is(await regenerated(page), page.text, `${page.path} is out of date: npm run pages`);
  });
}
