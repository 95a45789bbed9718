import { launch } from "../../runner/execute/runtime/launch.ts";
import { CupelError } from "../../src/errors.ts";
import { assert, test } from "../suite.ts";

const bounds = { timeout: 120_000, outputCap: 65_536, interrupted: new AbortController().signal };

/** Launches a shell script that is told the word `abc` first. */
function run(script: string, during: (pid: number) => void): ReturnType<typeof launch> {
  const what = {
    command: ["/bin/sh", "-c", `read -r word; ${script}`],
    input: "abc\n",
    keepInputOpen: false,
    hold: { mark: "\nabc hold", during },
    cwd: "/",
    canary: "none",
    kill: async (): Promise<void> => {},
  };
  return launch(what, bounds);
}

test("a command that holds is looked at while it lives, and goes on afterwards", async () => {
  const seen: number[] = [];
  const { exit, stdout } = await run(
    `echo before; printf '\\n%s hold\\n' "$word"; read -r line && echo "after $$"`,
    (pid) => {
      process.kill(pid, 0); // throws where there is no such process
      seen.push(pid);
    },
  );
  assert.is(exit, 0);
  assert.is(seen.length, 1);
  assert.match(new TextDecoder().decode(stdout), new RegExp(`before\\n\\nabc hold\\nafter ${seen[0]}\\n$`));
});

test("a mark that comes in two pieces is one, and a second one is nothing", async () => {
  let times = 0;
  const script = `printf '\\nab'; sleep 0.05; printf 'c ho'; sleep 0.05; printf 'ld\\n'; read -r line; printf '\\nabc hold\\n'`;
  const { exit } = await run(script, () => {
    times++;
  });
  assert.equal([exit, times], [0, 1]);
});

test("a command that never holds ends all the same", async () => {
  const { exit, stdout } = await run("echo done", () => {
    throw new Error("nobody was to be looked at");
  });
  assert.equal([exit, new TextDecoder().decode(stdout)], [0, "done\n"]);
});

test("a command that cannot be started is an error that names it", async () => {
  const what = { command: ["/nonexistent/runtime"], input: "", keepInputOpen: false, cwd: "/", canary: "none" };
  try {
    await launch({ ...what, kill: async () => {} }, bounds);
    assert.unreachable("nothing was started");
  } catch (error) {
    assert.instance(error, CupelError);
    assert.is((error as CupelError).code, "cannot-start");
    assert.match((error as CupelError).message, /^Cannot start \/nonexistent\/runtime: .*ENOENT/);
  }
});
