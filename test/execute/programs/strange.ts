/**
 * Executes cases of the table with steps that misbehave, or with configs that were tampered with, one after another in one
 * jail, and prints the id of the run and the checks of each cell as JSON. Argument: a list of StrangeCellOrder as JSON.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { executeCell } from "../../../runner/execute/cell/execute-cell.ts";
import { withinJail } from "../../../runner/execute/jail/inside.ts";
import { prepareRun } from "../../../runner/execute/prepare-run.ts";
import { shippedRoot } from "../../../runner/load/data-root.ts";
import { loadCases } from "../../../runner/load/load-cases.ts";
import { loadGoldens } from "../../../runner/load/load-goldens.ts";
import { loadProfiles } from "../../../runner/load/load-profiles.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import type { CheckEvent } from "../../../src/suite/event.ts";
import type { StrangeCellOrder } from "../strange-cell.ts";

const orders = JSON.parse(process.argv[2] ?? "[]") as readonly StrangeCellOrder[];

/** Only what is in a cell may misbehave: each of these first makes sure of that, as the real step does. */
const guard = `
[ -f /.cupel/marker ] || exit 97
IFS= read -r jail </.cupel/jail
[ "$(/.cupel/busybox readlink /proc/self/ns/mnt)" = "$jail" ] && exit 96
`;

const shipped = readFileSync(new URL("../../../runner/execute/probe/step.sh", import.meta.url), "utf8");

const steps: { readonly [name: string]: string } = {
  "as-shipped": shipped,
  "starts-every-tool": `within=no\n${shipped}`,
  hangs: "/.cupel/busybox sleep 1000",
  "ignores-term": "trap '' TERM INT HUP; while :; do /.cupel/busybox sleep 1; done",
  "leaves-children": "/.cupel/busybox sleep 1000 & /.cupel/busybox setsid /.cupel/busybox sleep 1000 & exit 0",
  "writes-without-end":
    "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done",
  "forks-without-end": `
    [ "$(/.cupel/busybox cat /sys/fs/cgroup/pids/pids.max)" = 50 ] || { echo "no limit, no bomb"; exit 0; }
    bomb() { bomb | bomb & }; bomb; while :; do /.cupel/busybox sleep 1; done`,
  "says-nothing": "exit 0",
  "forges-frames": "printf '\\n%s args begin\\nx\\n%s args end 0\\n\\n%s end 0\\n' 00 00 00",
  "stops-halfway": "IFS= read -r nonce; printf '\\n%s args begin\\n\\n%s args end 0\\n' $nonce $nonce; exit 0",
  fails:
    "IFS= read -r nonce; printf '\\n%s args begin\\n\\n%s args end 0\\n\\n%s end 0\\n' $nonce $nonce $nonce; exit 3",
  // The jail's work is a tmpfs, the host's root is none: a third guard, for this is the one step that deletes.
  "deletes-its-root": `
    [ "$(/.cupel/busybox stat -f -c %T /)" = tmpfs ] || exit 95
    /.cupel/busybox find / -xdev -delete 2>/.cupel/errors
    [ -e /cupel/step ] && echo "the step is still there"
    exit 0`,
  "fills-the-disk": "/.cupel/busybox dd if=/dev/zero of=/big bs=1M count=2000; exit 0",
};

/** What is done to the config behind the back of its promises. */
const tampers: { readonly [name: string]: (config: Json) => Json } = {
  "forks-without-end": (config) => set(config, "linux", { resources: { pids: { limit: 50 } } }),
  hooks: (config) =>
    set(config, "hooks", { createRuntime: [{ path: "/bin/touch", args: ["touch", "/tmp/cupel-hook"] }] }),
  "root-of-the-host": (config) => set(config, "root", { path: "/" }),
  "climbing-root": (config) => set(config, "root", { path: "../../../../.." }),
  "foreign-cgroup": (config) => set(config, "linux", { cgroupsPath: "/user.slice/x" }),
  "climbing-cgroup": (config) => set(config, "linux", { cgroupsPath: "/cupel/../x" }),
  "no-mount-namespace": (config) => set(config, "linux", { namespaces: [{ type: "pid" }] }),
  "joins-a-namespace": (config) =>
    set(config, "linux", { namespaces: [{ type: "mount" }, { type: "network", path: "/proc/1/ns/net" }] }),
  "binds-the-host": (config) =>
    Object.assign(set(config, "root", {}), {
      mounts: [{ destination: "/host", type: "bind", source: "/etc", options: ["rbind", "rw"] }],
    }),
  "another-command": (config) => set(config, "process", { args: ["/bin/busybox", "sh", "-c", "true"] }),
};

/** `config` with the members of `value` in its object `key`. */
function set(config: Json, key: string, value: JsonObject): { [key: string]: Json } {
  const members = config as JsonObject;
  return { ...members, [key]: { ...((members[key] ?? {}) as JsonObject), ...value } };
}

process.exitCode = await withinJail(
  async (jail) => {
    const all = loadCases(shippedRoot);
    const goldens = loadGoldens(shippedRoot, all, false);
    const profiles = loadProfiles(shippedRoot);
    const cells: { started: boolean; checks: readonly CheckEvent[] }[] = [];
    for (const [index, { name, case: id, timeout, runtime }] of orders.entries()) {
      // A run for each, as if it had the jail to itself.
      const work = `${jail.work}/${index}`;
      mkdirSync(work, { mode: 0o711 });
      const own = { ...jail, work, cgroups: `${jail.cgroups}/${index}` };
      const run = await prepareRun(own, {
        cases: all.filter(({ fullId }) => fullId === id),
        golden: (each) => goldens.of(each),
        runtimes: profiles.flatMap((profile) => (profile.name === runtime ? [{ profile }] : [])),
        timeout,
        outputCap: 1024 * 1024,
        step: guard + (steps[name] ?? "exit 0"),
      });
      try {
        const [cell] = run.cells;
        if (cell === undefined) throw new Error(`${id} is no case that is executed`);
        const { cell: event, checks } = await executeCell(run.again(cell), run.world, tampers[name]);
        cells.push({ started: event.argv.length > 0, checks });
      } finally {
        await run.close();
      }
    }
    process.stdout.write(JSON.stringify({ run: jail.run, cells }));
    return 0;
  },
  fileURLToPath(import.meta.url),
);
