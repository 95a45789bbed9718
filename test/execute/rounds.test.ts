/** metalor's cells and commands with real mounts, as `cupel serve` performs them: in a jail of their own. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOperation } from "../../runner/host/run-operation.ts";
import { CupelError } from "../../src/errors.ts";
import { atPointer } from "../../src/json/pointer.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";
import { lackingTools } from "./lacking.ts";

const lacking = lackingTools("unshare", "mount", "prlimit", "setpriv", "busybox");

const mountsNow = (): string => readFileSync("/proc/self/mountinfo", "utf8");

/** Gives `run` a directory and `perform`, which runs a shell script in a root there, with these mounts. */
function withRoot(run: (directory: string, perform: (script: string, wanted?: JsonObject) => Json) => void): void {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "cupel-request-")));
  const plain = { root: join(directory, "root"), cwd: "/", mounts: [], env: [["PATH", "/bin"]], emulator: null };
  try {
    run(directory, (script, wanted = {}) => {
      const command = { ...plain, executable: "/bin/sh", argv: ["-c", script], ...wanted };
      return runOperation("metalor", "command", { runtimeRootPrefix: directory, command }, { rootfs: "busybox" }, true);
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test.executes(lacking, "a command sees its root and its mounts, and the machine sees nothing of them", () => {
  const before = mountsNow();
  withRoot((directory, perform) => {
    writeFileSync(join(directory, "note"), "from outside\n");
    const mounts = [{ source: join(directory, "note"), destination: "/etc/note", readOnly: true }];
    const script =
      "cat /etc/note; echo x > /etc/note || echo refused; ls -1 /proc | grep -c '^[0-9]'; sleep 99 & echo on";
    const value = perform(script, { mounts });
    assert.equal(atPointer(value, "/run"), { ok: true });
    const [note, refused, processes] = String(atPointer(value, "/stdout")).split("\n");
    assert.equal([note, refused], ["from outside", "refused"]);
    assert.ok(Number(processes) <= 5, `${processes} processes`);
    // What was mounted on is an empty file again, and the command's tools are gone.
    assert.is(readFileSync(join(directory, "root/etc/note"), "utf8"), "");
    assert.equal(readdirSync(join(directory, "root")).sort(), [".metalor-root", "dev", "etc", "proc"]);
  });
  assert.is(mountsNow(), before);
});

test.executes(
  lacking,
  "what is outside of the request's directories is not mounted, and no emulator registered",
  () => {
    withRoot((directory, perform) => {
      const code = (wanted: JsonObject): string => {
        try {
          perform("true", wanted);
        } catch (error) {
          if (error instanceof CupelError) return error.code;
          throw error;
        }
        return "none";
      };
      const mounts = [{ source: "/etc", destination: "/etc", readOnly: false }];
      assert.is(code({ mounts }), "refused-for-safety");
      assert.is(code({ emulator: "/.metalor-run/qemu-aarch64-static" }), "refused-for-safety");
      assert.ok(readdirSync(directory).includes("root"));
    });
  },
);
