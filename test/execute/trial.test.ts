/** Runtimes that are found and start no cell, or not every kind: told once, by run, mutate and doctor. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { callerTokens } from "../../runner/execute/caller-tokens.ts";
import { findTool } from "../../runner/execute/jail/tools.ts";
import { notCarriedOut } from "../../runner/execute/runtime/unshare/carries-out.ts";
import { type TrialPart, trialConfig } from "../../runner/execute/trial/trial-config.ts";
import type { Json } from "../../src/json/value.ts";
import { admit } from "../../src/policy/admit.ts";
import { assert, test } from "../suite.ts";
import { hostPrint } from "./host-print.ts";
import { lacking } from "./lacking.ts";
import { type Finished, finish, startCupel } from "./self.ts";

interface Report {
  readonly checks: readonly { id: string; verdict: string; code?: string; reason?: string }[];
}

/** What stands in runc's place does `run` instead of running a cell; all else is runc. `path` is the directory it lies in. */
async function withRuntime(run: string, use: (program: string, path: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(`${tmpdir()}/cupel-trial-`);
  try {
    mkdirSync(`${directory}/bin`);
    const program = `#!/bin/sh\nreal=${findTool("runc")}\ncase " $* " in *" run "*) ${run} ;; esac\nexec "$real" "$@"\n`;
    writeFileSync(`${directory}/bin/runc`, program, { mode: 0o755 });
    await use(`${directory}/bin/runc`, `${directory}/bin:${process.env["PATH"] ?? ""}`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const cupel = (args: readonly string[], env: { [name: string]: string } = {}): Promise<Finished> =>
  finish(startCupel(args, env));
const checksOf = ({ stdout }: Finished): Report["checks"] => (JSON.parse(stdout) as Report).checks;
const refuses = 'echo "this machine is too small" >&2; exit 1';
const json = ["--reporter", "json"] as const;

test("every trial config is admitted, and metalor's own runtime carries out its smallest", () => {
  const parts: readonly (readonly TrialPart[])[] = [[], ["user-namespace"], ["filter"], ["limits"]];
  const context = { cell: "/run/c", bundle: "/run/c/bundle", cgroupPrefix: "/cupel/x", allowedSources: [] };
  for (const each of parts) {
    const config = trialConfig("oci", each, callerTokens()) as unknown as Json;
    assert.equal(admit(config, context), [], each.join(" "));
  }
  const own = trialConfig("unshare", [], callerTokens());
  assert.equal(admit(own as unknown as Json, context), []);
  assert.is(notCarriedOut(own), undefined);
});

test.executes(lacking, "a named runtime that starts nothing is one error in its own words; others go on", async () => {
  await withRuntime(refuses, async (program) => {
    const ended = await cupel([
      "run",
      "obuilder/network",
      "--runtime",
      `runc=${program}`,
      "--runtime",
      "unshare",
      ...json,
    ]);
    assert.is(ended.code, 3);
    const [first, ...rest] = checksOf(ended);
    assert.equal([first?.verdict, first?.code], ["error", "starts-no-cell"]);
    assert.match(first?.reason ?? "", /starts no cell here, not even the smallest: exit 1.*this machine is too small/);
    assert.ok(rest.length > 0 && rest.every(({ verdict }) => verdict === "skip"));
  });
});

test.executes(
  lacking,
  "one that was only found is a skip, as if it were not there, and red where it is required",
  async () => {
    await withRuntime(refuses, async (_, path) => {
      const alone = await cupel(["run", "metalor/cells/offline", "obuilder/network/off", ...json], { PATH: path });
      const own = checksOf(alone).filter(({ id }) => id.includes("@runc+"));
      assert.ok(
        own.length > 0 && own.every(({ verdict, reason = "" }) => verdict === "skip" && /too small/.test(reason)),
      );
      assert.is(alone.code, 0, alone.stderr);
      const required = await cupel(["run", "metalor/cells/offline", "--require", "runc"], { PATH: path });
      assert.is(required.code, 4);
      assert.match(required.stdout + required.stderr, "required, but not here: runc");
    });
  },
);

test.executes(
  lacking,
  "a runtime that exits with 0 and runs nothing starts nothing; mutants are not tried on it",
  async () => {
    await withRuntime("exit 0", async (program) => {
      const named = ["--runtime", `runc=${program}`, ...json];
      const run = await cupel(["run", "obuilder/network/off", ...named]);
      assert.is(run.code, 3);
      assert.match(checksOf(run)[0]?.reason ?? "", "exit 0, no answer from the step");
      const mutate = await cupel(["mutate", "mutants/umask", ...named]);
      assert.is(mutate.code, 3);
      assert.ok(checksOf(mutate).some(({ code }) => code === "starts-no-cell"));
    });
  },
);

test.executes(lacking, "one case that does not start is no verdict on the runtime", async () => {
  await withRuntime("grep -q terminal config.json && exit 1", async (program) => {
    const ended = await cupel(["run", "obuilder/network", "--runtime", `runc=${program}`, ...json]);
    assert.is(ended.code, 1);
    const starts = checksOf(ended).filter(({ id }) => id.includes("#run/starts["));
    assert.equal(
      starts.map(({ verdict }) => verdict),
      ["fail", "fail"],
    );
  });
});

test.executes(lacking, "--dry-run starts nothing, a runtime that would refuse included", async () => {
  await withRuntime(refuses, async (program) => {
    const { code, stdout } = await cupel(["run", "obuilder/network", "--runtime", `runc=${program}`, "--dry-run"]);
    assert.is(code, 0);
    assert.match(stdout, "2 cells would be executed");
  });
});

test.executes(
  lacking,
  "doctor tries cells, says what does not start in the runtime's words, and leaves nothing",
  async () => {
    const doctor = async (program: string) => {
      const { code, stdout } = await cupel(["doctor", "--runtime", `runc=${program}`, "--json"]);
      const { facts } = JSON.parse(stdout) as { facts: { what: string; state: string; [word: string]: string }[] };
      return { code, fact: facts.find(({ what }) => what === "runc") };
    };
    const before = hostPrint();
    await withRuntime(refuses, async (program) => {
      const { code, fact } = await doctor(program);
      assert.equal([code, fact?.state], [4, "lacks"]);
      assert.match(fact?.["detail"] ?? "", "this machine is too small");
      assert.ok(fact?.["cure"] !== undefined);
    });
    await withRuntime(`grep -q '"user"$' config.json && exit 1`, async (program) => {
      const { code, fact } = await doctor(program);
      assert.equal([code, fact?.state], [0, "ok"]);
      assert.match(fact?.["consequence"] ?? "", "it starts no cell with a user namespace: exit 1");
      assert.match(fact?.["detail"] ?? "", "also with a filter of system calls and limits");
    });
    assert.equal(hostPrint(), before);
  },
);
