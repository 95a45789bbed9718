/** A program that takes a jail, starts canaries and a cgroup, says "inside", and waits until it is told to end. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startCanaries } from "../../../runner/execute/jail/canaries.ts";
import { cgroupMounts, makeCgroups } from "../../../runner/execute/jail/cgroups.ts";
import { withinJail } from "../../../runner/execute/jail/inside.ts";

process.exitCode = await withinJail(
  async (jail) => {
    const canaries = await startCanaries(jail.work);
    makeCgroups(`${jail.cgroups}/cell`);
    for (const mount of cgroupMounts()) {
      try {
        writeFileSync(`${mount}${jail.cgroups}/cell/cgroup.procs`, String(canaries.pid));
      } catch {
        // a hierarchy that wants more set up first
      }
    }
    mkdirSync(`${jail.work}/file`);
    process.stdout.write(`inside ${jail.run} ${canaries.token}\n`);
    const alive = setInterval(() => {}, 1000);
    await new Promise<void>((resolve) => {
      if (jail.interrupted.aborted) resolve();
      jail.interrupted.addEventListener("abort", () => resolve());
    });
    clearInterval(alive);
    await canaries.stop();
    process.stdout.write("ended\n");
    return 0;
  },
  fileURLToPath(import.meta.url),
);
