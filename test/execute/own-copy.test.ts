import { ownCopyVariable } from "../../runner/execute/jail/tools.ts";
import { launch } from "../../runner/execute/runtime/launch.ts";
import { runBriefly } from "../../runner/execute/runtime/run-briefly.ts";
import { withDirectory } from "../runner/directory.ts";
import { assert, test } from "../suite.ts";

const command = ["/bin/sh", "-c", `echo "$${ownCopyVariable}"`];

test("no runtime makes a copy of itself where a kill would leave it behind", async () => {
  assert.is((await runBriefly(command, 10_000)).stdout, "/proc/none\n");
  await withDirectory({}, async (cwd) => {
    const bounds = { timeout: 10_000, outputCap: 1000, interrupted: new AbortController().signal };
    const what = { command, input: "", keepInputOpen: false, cwd, canary: "c", kill: async () => {} };
    assert.is(new TextDecoder().decode((await launch(what, bounds)).stdout), `${cwd}\n`);
  });
});
