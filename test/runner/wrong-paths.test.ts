import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepCells } from "../../runner/execute/cell/keep-cell.ts";
import { refused } from "../suite/refused.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { cupel } from "./terminal.ts";

test("a path that leads nowhere is one sentence of every option that takes one", async () => {
  await withDirectory({ file: "x" }, async (cwd) => {
    symlinkSync("loop", join(cwd, "loop"));
    const paths = [
      ["file/x", "part of its path is not a directory"],
      ["loop/x", "too many symbolic links"],
      ["x".repeat(300), "its name is too long"],
    ] as const;
    const options = [
      ["check", "--cases"],
      ["check", "--outputs"],
      ["check", "--baseline"],
      ["generate", "snix", "--bundle"],
      ["generate", "snix", "--options"],
      ["validate"],
      ["audit"],
      ["report"],
    ];
    for (const [path, said] of paths) {
      for (const option of options) {
        const { exit, stderr } = await cupel([...option, path], { cwd });
        assert.is(exit, 2, stderr);
        assert.match(stderr, said);
      }
      const { exit, stderr } = await cupel(["check", "snix/paths", "--reporter", `json=${path}`], { cwd });
      assert.is(exit, 2, stderr);
      assert.match(stderr, said);
      assert.match(refused(() => keepCells(join(cwd, path))).message, said);
    }
    assert.equal(readdirSync(cwd).sort(), ["file", "loop"]);
  });
});

test("cells are kept in a new directory, and one that cannot be written is told in a sentence", async () => {
  await withDirectory({ "cell/config.json": "{}", file: "x" }, (cwd) => {
    const cell = { id: "a/b/c@runc+privileged", directory: join(cwd, "cell") };
    keepCells(join(cwd, "new/kept"))(cell);
    assert.ok(existsSync(join(cwd, "new/kept/a/b/c@runc+privileged/config.json")));
    assert.match(refused(() => keepCells(join(cwd, "cell"))).message, "it exists already");
    const keep = keepCells(join(cwd, "later"));
    mkdirSync(join(cwd, "later"));
    writeFileSync(join(cwd, "later/a"), "");
    const { message, exit } = refused(() => keep(cell));
    assert.is(message, `cannot keep cells in ${join(cwd, "later")}: part of its path is not a directory`);
    assert.is(exit, 2);
  });
});
