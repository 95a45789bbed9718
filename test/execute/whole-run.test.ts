/** Alone on the machine: everything that a run could leave anywhere is looked for. */
import { assert, test } from "../suite.ts";
import { hostPrint } from "./host-print.ts";
import { lackingTools } from "./lacking.ts";
import { type Finished, finish, startCupel } from "./self.ts";

const lacking = lackingTools("runc", "setpriv", "unshare", "mount", "script", "prlimit", "env");

const run = (...args: readonly string[]): Promise<Finished> => finish(startCupel(["run", ...args]));

interface Report {
  readonly checks: readonly { readonly id: string }[];
  readonly end: { readonly counts: { readonly pass: number } };
}

test.executes(lacking, "a whole run leaves the host as it was, and is clean", async () => {
  await run("obuilder/network"); // whatever starting cupel for the first time leaves in a cache
  const before = hostPrint();
  const { code, stdout, stderr } = await run("--runtime", "runc", "--reporter", "json");
  assert.is(code, 0, stderr);
  assert.equal(hostPrint(), before);
  const { checks, end } = JSON.parse(stdout) as Report;
  assert.ok(end.counts.pass > 2000, `${end.counts.pass} checks passed`);
  const cells = new Set(checks.map(({ id }) => id.split("#")[0]));
  assert.ok(cells.size >= 30, `${cells.size} cells`);
});

test.executes(lacking, "so does a run in our own runtime, with commands of metalor in namespaces", async () => {
  const before = hostPrint();
  const some = ["metalor/cells/exports", "metalor/cells/rootless", "metalor/rounds-in-namespaces/cell-round-trip"];
  const { code, stderr } = await run(...some, "--runtime", "unshare");
  assert.is(code, 0, stderr);
  assert.equal(hostPrint(), before);
});
