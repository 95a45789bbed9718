/**
 * Executes cases of the table in programs that stand in runc's place, all in one jail, and prints the id of the run and
 * the checks of every cell as JSON. Argument: a file with a list of StrangeOrder.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { executeCell } from "../../../runner/execute/cell/execute-cell.ts";
import { withinJail } from "../../../runner/execute/jail/inside.ts";
import { prepareRun } from "../../../runner/execute/prepare-run.ts";
import { shippedRoot } from "../../../runner/load/data-root.ts";
import { loadCases } from "../../../runner/load/load-cases.ts";
import { loadGoldens } from "../../../runner/load/load-goldens.ts";
import { loadProfiles } from "../../../runner/load/load-profiles.ts";
import type { CheckEvent } from "../../../src/suite/event.ts";
import type { StrangeOrder } from "../strange-runtime.ts";

const orders = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as readonly StrangeOrder[];

process.exitCode = await withinJail(
  async (jail) => {
    const all = loadCases(shippedRoot);
    const goldens = loadGoldens(shippedRoot, all, false);
    const [profile] = loadProfiles(shippedRoot).filter(({ name }) => name === "runc");
    if (profile === undefined) throw new Error("there is no profile of runc");
    const wanted = new Set(orders.map((order) => order.case));
    const run = await prepareRun(jail, {
      cases: all.filter(({ fullId }) => wanted.has(fullId)),
      golden: (id) => goldens.of(id),
      runtimes: orders.map(({ path }) => ({ profile, path })),
      timeout: 120_000,
      outputCap: 1024 * 1024,
    });
    try {
      const cells: { [name: string]: (readonly CheckEvent[])[] } = {};
      for (const { name, path, case: id, times, timeout } of orders) {
        const cell = run.cells.find((each) => each.runtime.path === path && each.case.fullId === id);
        if (cell === undefined) throw new Error(`${id} is no case that is executed`);
        const world = { ...run.world, bounds: { ...run.world.bounds, timeout } };
        cells[name] = [];
        for (let time = 0; time < times; time++) {
          const { checks } = await executeCell(time === 0 ? cell : run.again(cell), world);
          cells[name].push(checks);
        }
      }
      process.stdout.write(JSON.stringify({ run: jail.run, cells }));
    } finally {
      await run.close();
    }
    return 0;
  },
  fileURLToPath(import.meta.url),
);
