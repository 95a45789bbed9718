import { chmodSync } from "node:fs";
import { findTool } from "../../runner/execute/jail/tools.ts";
import type { Compared } from "../../src/suite/compare.ts";
import { withDirectory } from "../runner/directory.ts";
import { assert, test } from "../suite.ts";
import { lackingTools } from "./lacking.ts";
import { finish, startCupel } from "./self.ts";

test.executes(lackingTools("runc"), "two programs of one name are compared as two", async () => {
  const weak = `#!/bin/sh
for word; do
  [ "$last" != --bundle ] || sed -i 's/"noNewPrivileges": true/"noNewPrivileges": false/' "$word/config.json"
  last=$word
done
exec ${findTool("runc")} "$@"
`;
  await withDirectory({ weak }, async (directory) => {
    chmodSync(`${directory}/weak`, 0o755);
    const runtimes = ["--runtime", "runc", "--runtime", `runc=${directory}/weak`];
    const { code, stdout, stderr } = await finish(startCupel(["compare", "snix/rootless/bare", ...runtimes, "--json"]));
    assert.is(code, 0, stderr);
    const { sides, differ } = JSON.parse(stdout) as Compared;
    assert.equal(
      sides.map((side) => side.split(" ")[0]),
      ["runc", "runc-2"],
    );
    const bit = differ.find(({ rule }) => rule === "no-new-privileges");
    assert.equal(
      bit?.positions.map(({ standing }) => standing),
      ["holds", "violated"],
    );
  });
});
