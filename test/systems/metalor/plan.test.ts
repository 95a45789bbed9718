import { atPointer } from "../../../src/json/pointer.ts";
import type { Json } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { type cell, refusal, run, specRequest } from "./run.ts";

const caller = { currentExe: "/usr/bin/tool", subcommand: "run" };

/** Where `target` is on the host, in a cell with `changes`. */
function resolved(target: string, changes: Parameters<typeof cell>[0] = {}): Json {
  return run("resolveExport", specRequest(changes, { target }));
}

/** Why `target` is nowhere. */
function unresolved(target: string, changes: Parameters<typeof cell>[0]): string {
  return refusal("resolveExport", specRequest(changes, { target }));
}

test("the plan is made of any cell, unchecked", () => {
  const plan = run(
    "plan",
    specRequest({ root: "", scratch: "", workspacePath: "", imports: [{ source: "", destination: "" }] }),
  );
  assert.equal(atPointer(plan, "/mounts"), [
    { source: "workspace", destination: "", readOnly: false },
    { source: "imports/0", destination: "", readOnly: true },
  ]);
  assert.is(atPointer(plan, "/root"), "");
});

test("limits, network, clean-up and exports leave no trace in the plan", () => {
  const other = specRequest({
    exports: [{ source: "/w", destination: "/o" }],
    network: "Disabled",
    limits: { cpuTimeSeconds: 1, memoryBytes: 1, maxProcesses: 1 },
    cleanup: "Never",
  });
  assert.equal(run("plan", other), run("plan", specRequest()));
});

test("the longest destination is the one with the most bytes", () => {
  const imports = [{ source: "/s", destination: "/é" }];
  assert.is(resolved("/é/x", { imports, workspacePath: "/é" }), "/srv/scratch/workspace/x");
  assert.is(
    resolved("/éa/x", { imports: [{ source: "/s", destination: "/éa" }], workspacePath: "/é" }),
    "/srv/scratch/imports/0/x",
  );
});

test("a longer destination that does not cover a path never holds it", () => {
  assert.is(resolved("/w/a", { imports: [{ source: "/s", destination: "/w/abc" }] }), "/srv/scratch/workspace/a");
  assert.is(resolved("/x", { caches: [{ source: "/s", destination: "/x/y" }] }), "/srv/root/x");
});

test("mounts on / and without a name map a path only where a slash follows", () => {
  assert.is(resolved("/", { workspacePath: "/" }), "/srv/scratch/workspace");
  assert.is(resolved("//x", { workspacePath: "/" }), "/srv/scratch/workspace/x");
  assert.is(unresolved("/x", { workspacePath: "/" }), "mount destination / did not cover /x");
  assert.is(unresolved("x", { workspacePath: "/" }), "mount destination / did not cover x");
  assert.is(resolved("/x", { workspacePath: "" }), "/srv/scratch/workspace/x");
  assert.is(resolved("", { workspacePath: "" }), "/srv/scratch/workspace");
});

test("what no mount covers is joined to the root without its slashes in front", () => {
  assert.is(resolved("///usr//bin/", {}), "/srv/root/usr//bin/");
  assert.is(resolved("", {}), "/srv/root/");
  assert.is(resolved("relative", {}), "/srv/root/relative");
  assert.is(resolved("/x", { root: "" }), "x");
  assert.is(resolved("/../x", {}), "/srv/root/../x");
});

test("one slash is taken away below a mount; what is left may be a path of the host", () => {
  assert.is(resolved("/w//etc/shadow"), "/etc/shadow");
  assert.is(resolved("/w/../../etc/shadow"), "/srv/scratch/workspace/../../etc/shadow");
});

test("a cell or a command is started with the namespaces of its revision and nothing else", () => {
  const command = (disableNetwork: boolean): Json =>
    run("isolationReexec", { ...caller, canonicalPrefix: "/p", trailingArgs: ["--", "-x", ""], disableNetwork });
  const args = ["--fork", "--pid", "--mount", "--uts", "--ipc"];
  const rest = ["--", "/usr/bin/tool", "run", "--", "-x", ""];
  assert.equal(atPointer(command(false), "/args"), [...args, ...rest]);
  assert.equal(atPointer(command(true), "/args"), [...args, "--net", ...rest]);
  assert.is(atPointer(command(true), "/cwd"), null);
});
