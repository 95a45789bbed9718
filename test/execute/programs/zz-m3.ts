import { fileURLToPath } from "node:url";
import { cpSync, mkdirSync, existsSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { executeCell } from "../../../runner/execute/cell/execute-cell.ts";
import { withinJail } from "../../../runner/execute/jail/inside.ts";
import { prepareRun } from "../../../runner/execute/run-cells.ts";
import { shippedRoot } from "../../../runner/load/data-root.ts";
import { loadCases } from "../../../runner/load/load-cases.ts";
import { loadGoldens } from "../../../runner/load/load-goldens.ts";
import { loadProfiles } from "../../../runner/load/load-profiles.ts";
import { metalor } from "../../../src/systems/metalor/system.ts";
const [pattern = "metalor/", runtime = "unshare"] = process.argv.slice(2);
const ops = metalor.operations as any;
if (!ops.buildCellReexec) {
const cp = (a: string, b: string) => { mkdirSync(dirname(b), { recursive: true }); rmSync(b, {recursive: true, force: true}); cpSync(a, b, { recursive: true, verbatimSymlinks: true }); };
ops.buildCellReexec = { run(r: any) { const s = r.spec; rmSync(s.scratch, { recursive: true, force: true }); mkdirSync(`${s.scratch}/workspace`, { recursive: true });mkdirSync(`${s.scratch}/imports`);mkdirSync(`${s.scratch}/caches`);
  if (s.workspaceSeed.SnapshotDir) cp(s.workspaceSeed.SnapshotDir, `${s.scratch}/workspace`);
  if (s.workspaceSeed.Archive) mkdirSync(`${s.scratch}/workspace/src`);
  s.imports.forEach((x: any, i: number) => cp(x.source, `${s.scratch}/imports/${i}`));
  s.caches.forEach((x: any, i: number) => existsSync(x.source) ? cp(x.source, `${s.scratch}/caches/${i}`) : mkdirSync(`${s.scratch}/caches/${i}`));
  return true; } };
ops.finalize = { run(r: any) { const s = r.spec;
  s.caches.forEach((x: any, i: number) => cp(`${s.scratch}/caches/${i}`, x.source));
  for (const e of s.exports) { const from = metalor.operations["resolveExport"]!.run({ spec: s, target: e.source }, {}, {} as any) as string; cp(from, e.destination); }
  if (s.cleanup !== "Never") rmSync(s.scratch, { recursive: true });
  return true; } };
}
process.exitCode = await withinJail(async (jail) => {
  const all = loadCases(shippedRoot).filter((c) => c.fullId.startsWith(pattern) && c.run);
  const goldens = loadGoldens(shippedRoot, loadCases(shippedRoot), true);
  const run = await prepareRun(jail, { cases: all, golden: (id) => goldens.of(id), runtimes: loadProfiles(shippedRoot).flatMap((profile) => (profile.name === runtime ? [{ profile }] : [])), timeout: 8000 });
  try {
    let pass = 0; const other = new Map<string, number>();
    for (const cell of run.cells) {
      const { cell: event, checks } = await executeCell(cell, run.world);
      for (const c of checks) {
        if (c.verdict === "pass") pass++;
        else if (c.verdict === "skip") { const k = `skip ${c.id.replace(/.*#run\//, "").replace(/@.*/, "")}: ${c.reason}`; other.set(k, (other.get(k) ?? 0) + 1); }
        else console.log(c.verdict, c.id, "promised", JSON.stringify(c.promised)?.slice(0, 300), "seen", JSON.stringify(c.seen)?.slice(0, 600), c.reason ?? "", c.code ?? "");
      }
    }
    console.log("pass", pass); for (const [k, n] of other) console.log(n, k.slice(0, 200));
  } finally { await run.close(); }
  return 0;
}, fileURLToPath(import.meta.url));
