import { atPointer } from "../../src/json/pointer.ts";
import { printCompact } from "../../src/json/print.ts";
import { isArray, isObject, type Json } from "../../src/json/value.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { scratchName } from "../../src/systems/snix/scratch-name.ts";
import { snix } from "../../src/systems/snix/system.ts";
import { assert, test } from "../suite.ts";
import { misfit, options, refusal, run, withHost } from "./snix-run.ts";

const build = `scratch/${scratchName("build")}`;

function preexisting(...paths: readonly string[]): Json {
  return paths.map((path) => ({ path, type: "file", contents: "old" }));
}

function pathsOf(bundle: Json): readonly (Json | undefined)[] {
  const tree = atPointer(bundle, "/tree");
  return isArray(tree) ? tree.map((entry) => (isObject(entry) ? entry["path"] : undefined)) : [];
}

test("what stands in the way is named by the step and by the system call", () => {
  const blocked = (...paths: readonly string[]) =>
    refusal("bundle", { scratchPaths: ["build"], preexisting: preexisting(...paths) }, options);
  assert.is(blocked("config.json/x"), "failed to write config.json: Is a directory (os error 21)");
  assert.is(blocked("inputs"), "failed to create inputs dir: File exists (os error 17)");
  assert.is(blocked("root"), "failed to create root path dir: File exists (os error 17)");
  assert.is(blocked("root/etc"), "failed to create root/etc dir: File exists (os error 17)");
  assert.is(blocked("scratch"), "failed to create scratch/ dir: File exists (os error 17)");
  assert.is(blocked(build), "Unable to create scratch dir: File exists (os error 17)");
});

test("an additional file that cannot be made is named by step and cause", () => {
  const blocked = (path: string, ...paths: readonly string[]) => {
    const request = { scratchPaths: ["build"], additionalFiles: [{ path }], preexisting: preexisting(...paths) };
    return refusal("bundle", request, options);
  };
  assert.is(blocked("build/a/b", `${build}/a`), "Failed to create dir for additional file: File exists (os error 17)");
  assert.is(
    blocked("build/a/b/c", `${build}/a`),
    "Failed to create dir for additional file: Not a directory (os error 20)",
  );
  assert.is(blocked("build/a", `${build}/a/b`), "could not create file: Is a directory (os error 21)");
  assert.is(blocked("build/a\0"), "could not create file: file name contained an unexpected NUL byte");
  assert.is(blocked("/build/x"), "Additional files must start with build/");
  assert.is(blocked("build/."), "Additional files must start with build/");
});

test("the scratch path of the additional files is told by its components, so they may be written twice", () => {
  const request = {
    scratchPaths: ["./build", "build/", "build"],
    additionalFiles: [{ path: "build//./a/../x", contentsBase64: "/w==" }],
  };
  const written = pathsOf(run("bundle", request, options)).filter((path) => String(path).endsWith("/x"));
  assert.equal([...written].sort(), [`scratch/${scratchName("build")}/x`, `scratch/${scratchName("build/")}/x`].sort());
});

test("a parent segment leads out of the scratch directory", () => {
  const request = { scratchPaths: ["build"], additionalFiles: [{ path: "build/../x", contents: "out" }] };
  assert.equal(pathsOf(run("bundle", request, options)).slice(-2), [build, "scratch/x"]);
});

test("the older revision neither writes nor checks additional files", () => {
  const request = { scratchPaths: ["build"], additionalFiles: [{ path: "etc/x" }] };
  const older = withHost({ group: "ci", user: "ci" }, { revision: "6118142b" });
  assert.is(pathsOf(run("bundle", request, older)).at(-1), build);
});

test("what is there already stays, the config is written over", () => {
  const host = memoryHost();
  const bundle = run("bundle", { preexisting: preexisting("config.json", "root/etc/passwd") }, options, host);
  assert.equal(pathsOf(bundle), ["config.json", "inputs", "root", "root/etc", "root/etc/passwd", "scratch"]);
  const written = host.tree("/cupel-cwd/bundle").find(({ path }) => path.endsWith("/config.json"));
  assert.is(written?.content, printCompact(run("config", {}, options)));
});

test("where the config is refused nothing is made", () => {
  const host = memoryHost();
  const broken = { ...withHost({ user: null }), bundleDir: "/new//bundle/" };
  assert.is(refusal("bundle", {}, broken, host), "subordinate error: user entry for 7 does not exist");
  const made = host.tree("/").filter(({ path }) => path !== "/dev" && !path.startsWith("/dev/")); // there from the start
  assert.equal(made, [{ path: "/cupel-cwd", type: "dir", mode: "755" }]);
  run("bundle", {}, { ...options, bundleDir: "/new//bundle/" }, host);
  assert.is(host.files.lstat("/new/bundle/root/etc").type, "dir");
});

test("files that are to stand there beforehand stay in the bundle", () => {
  assert.is(misfit("bundle", { preexisting: preexisting("../x") }, options), "/request/preexisting/0/path");
  assert.is(misfit("bundle", { preexisting: preexisting("a", "a/b") }, options), "/request/preexisting/1/path");
  assert.is(misfit("bundle", {}, { ...options, bundleDir: "bundle" }), "/options/bundleDir");
});

test("the plan holds what the bundle holds, the inputs to supply and the outputs that have a place", () => {
  const request = {
    inputs: ["b", "a"],
    scratchPaths: ["build", "nix/store"],
    outputs: ["nix/store/out", "etc/lost"],
    additionalFiles: [
      { path: "build/d/f", contents: "1" },
      { path: "build/d/f", contentsBase64: "/w==" },
    ],
  };
  const { plan, options: planned } = snix.bundlePlan(request, options, "/work/cell");
  assert.is(planned, options);
  assert.equal([plan.bundle, plan.rootfs], ["/work/cell", "/work/cell/root"]);
  assert.equal(plan.inputs, ["/work/cell/inputs/a", "/work/cell/inputs/b"]);
  const store = `/work/cell/scratch/${scratchName("nix/store")}`;
  assert.equal(plan.outputs, [{ inside: "/nix/store/out", outside: `${store}/out` }]);
  assert.equal(plan.entries.at(-2), { path: `/work/cell/${build}/d/f`, type: "file", contentBase64: "/w==" });
  const madeByPlan = plan.entries.map(({ path }) => path.replace("/work/cell/", "")).sort();
  assert.equal(["config.json", ...madeByPlan].sort(), [...pathsOf(run("bundle", request, options))].sort());
});
