import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, test } from "../suite.ts";
import { lacking } from "./lacking.ts";
import { finish, startCupel } from "./self.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const id = "crossplane/network/isolated-function";

/** The verdicts of the check `starts`, with the code, of a run of the case with `args`. */
async function starts(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await finish(startCupel(["run", id, "--runtime", "runc", "--reporter", "ndjson", ...args]));
  const events = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return events
    .filter((event) => event.type === "check" && event.id.includes("#run/starts["))
    .map(({ verdict, code, at }) => [verdict, code, at].filter(Boolean).join(" "));
}

test.executes(
  lacking,
  "a case that comes with cupel may bind the jail's /proc, the same one in a user's table may not",
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "cupel-table-"));
    try {
      const golden = `golden/${id}.json`;
      mkdirSync(join(directory, dirname(golden)), { recursive: true });
      copyFileSync(join(root, golden), join(directory, golden));
      const table = JSON.parse(readFileSync(join(root, "cases/crossplane/network.json"), "utf8"));
      const cases = table.cases.filter((each: { readonly id: string }) => id.endsWith(`/${each.id}`));
      mkdirSync(join(directory, "cases/crossplane"), { recursive: true });
      writeFileSync(join(directory, "cases/crossplane/network.json"), JSON.stringify({ ...table, cases }));
      assert.equal(await starts(), ["pass"]);
      assert.equal(await starts("--cases", directory), ["error refused-to-run /mounts/0/source"]);
      assert.equal(await starts("--cases", directory, "--trust-commands"), ["error refused-to-run /mounts/0/source"]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
