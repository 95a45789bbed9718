import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { cupel } from "./terminal.ts";

test("init writes a table that check judges at once", async () => {
  await withDirectory({}, async (cwd) => {
    const { exit, stdout } = await cupel(["init", "mine"], { cwd });
    assert.is(exit, 0);
    assert.match(stdout, "cupel check --cases mine --update");
    assert.equal(readdirSync(cwd), ["mine"]);
    assert.is(statSync(join(cwd, "mine")).mode & 0o555, 0o555);
    assert.is((await cupel(["check", "--cases", "mine", "--update"], { cwd })).exit, 1);
    const judged = await cupel(["check", "--cases", "mine"], { cwd });
    assert.match(judged.stdout, "3 passed");
    assert.is(judged.exit, 0);
  });
});

test("init writes what the README shows", () => {
  const page = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const table = readFileSync(new URL("../../examples/table/cases/obuilder/cache.json", import.meta.url), "utf8");
  assert.ok(page.includes(`\n\`\`\`json\n${table}\`\`\`\n`));
});

test("init takes nothing that is there already, and leaves nothing where it cannot write", async () => {
  await withDirectory({ "mine/x": "kept", file: "" }, async (cwd) => {
    const there = await cupel(["init", "mine"], { cwd });
    assert.is(there.exit, 2);
    assert.match(there.stderr, "mine exists already");
    for (const place of ["no/such/mine", "file/mine"]) {
      const { exit, stderr } = await cupel(["init", place], { cwd });
      assert.is(exit, 2);
      assert.match(stderr, `cannot write ${place}: `);
    }
    assert.is((await cupel(["init"], { cwd })).exit, 2);
    assert.equal(readdirSync(cwd).sort(), ["file", "mine"]);
  });
});
