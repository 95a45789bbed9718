import type { Json } from "../../../src/json/value.ts";
import { mountCovers } from "../../../src/systems/metalor/mounts.ts";
import type { Binding, BuildCellSpec } from "../../../src/systems/metalor/spec.ts";
import { assert, test } from "../../suite.ts";
import { misfit, refusal, run, specRequest } from "./run.ts";

/** Why a cell with `changes` is refused; empty when it is accepted. */
function verdict(changes: Partial<BuildCellSpec>): string {
  const request = specRequest(changes);
  try {
    return run("validate", request) === true ? "" : "no verdict";
  } catch {
    return refusal("validate", request);
  }
}

/** Bindings with these destinations. */
function at(...destinations: readonly string[]): readonly Binding[] {
  return destinations.map((destination) => ({ source: "/s", destination }));
}

const wrongThings: readonly (readonly [changes: Partial<BuildCellSpec>, words: string])[] = [
  [{ root: "///./" }, "build cell root must not be /"],
  [{ scratch: "//" }, "build scratch must not be /"],
  [{ root: "r" }, "build cell root must be absolute: r"],
  [{ scratch: "s/.." }, "build scratch must be absolute: s/.."],
  [{ workspacePath: "" }, "build cell workspace path must be absolute: "],
  [{ workspaceSeed: { SnapshotDir: "/../x" } }, "build workspace seed must not contain '..': /../x"],
  [{ imports: [{ source: "x", destination: "y" }] }, "build import source must be absolute: x"],
  [{ caches: [{ source: "/x", destination: "/" }] }, "build cache destination must not be /"],
  [{ exports: [{ source: "/x", destination: "y" }] }, "build export destination must be absolute: y"],
  [{ imports: at("/a"), caches: at("/a") }, "portable import destination /a conflicts with cache destination /a"],
  [{ command: { cwd: ".", executable: "x", argv: [] } }, "build cell cwd must be absolute: ."],
  [{ env: [["=", ""]] }, "container environment keys must not contain '=': ="],
];

test("of two faults the one that upstream checks first is told", () => {
  for (const [index, [changes, words]] of wrongThings.entries()) {
    assert.is(verdict(changes), words);
    for (const [more] of wrongThings.slice(index + 1)) {
      const sharesField = Object.keys(more).some((key) => Object.hasOwn(changes, key));
      if (!sharesField) assert.is(verdict({ ...more, ...changes }), words);
    }
  }
});

test("single dots and repeated slashes vanish from paths, and .. stays", () => {
  assert.is(verdict({ root: "/./a//b/./", workspacePath: "/.//w/." }), "");
  assert.match(verdict({ root: "/a/./../b" }), "must not contain '..'");
  assert.is(verdict({ root: "/..a/b..", scratch: "/...", imports: at("/a../..b") }), "");
});

test("// and /. pass where the text is compared, not the path", () => {
  for (const path of ["//", "/.", "/./"]) {
    assert.is(verdict({ workspacePath: path }), "");
    assert.is(verdict({ imports: at(path) }), "");
    assert.is(verdict({ caches: at(path) }), "");
  }
});

test("a program is an absolute path or one name", () => {
  const program = (executable: string): string => verdict({ command: { cwd: "/", executable, argv: [] } });
  for (const accepted of ["/", "/a/b/", "//x/.", "make", "make/", "cc/.", "a//", "..a", "-", " ", "a\0b"]) {
    assert.is(program(accepted), "", accepted);
  }
  const bare = "container executable must be absolute or a bare command name: ";
  for (const refused of ["", ".", "./", "./make", "a/b", "a/..", "a/./b"]) assert.is(program(refused), bare + refused);
  const climbs = "container executable must not contain '..': ";
  for (const refused of ["..", "../a", "..//", "/a/.."]) assert.is(program(refused), climbs + refused);
});

test("arguments, limits and odd texts are not checked", () => {
  const limits = { cpuTimeSeconds: 0, memoryBytes: 18446744073709551615n, maxProcesses: 0 };
  const command = { cwd: "/", executable: "a", argv: ["", "..", "\0"] };
  const env = [
    ["a", "=="],
    ["A", ""],
    ["A", ""],
    [" é\n", "\n"],
  ] as const;
  assert.is(verdict({ limits, command, env }), "");
});

test("a conflict is found between any two mounts, and the pair is upstream's first", () => {
  const first = (imports: readonly string[], caches: readonly string[]): string => {
    const all = [...imports.map((path) => ["import", path]), ...caches.map((path) => ["cache", path])];
    for (const [index, [kind, path = ""]] of all.entries()) {
      for (const [otherKind, other = ""] of all.slice(index + 1)) {
        if (!mountCovers(path, other) && !mountCovers(other, path)) continue;
        return `portable ${kind} destination ${path} conflicts with ${otherKind} destination ${other}`;
      }
    }
    return "";
  };
  const paths = [
    "/a",
    "/a/",
    "/a//",
    "/a//b",
    "/a/b",
    "/a/b/c",
    "/ab",
    "/a-",
    "/a/.",
    "/b",
    "/a\0",
    "/a/b/",
    "//",
    "//a",
    "/é",
    "/a/é",
  ];
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 3000; round++) {
    const pick = (): readonly string[] => Array.from({ length: random(5) }, () => paths[random(paths.length)] ?? "");
    const [imports, caches] = [pick(), pick()];
    assert.is(verdict({ imports: at(...imports), caches: at(...caches) }), first(imports, caches));
  }
});

test("thousands of mounts and paths of a million parts are checked in one pass", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `/m/${index}/x`);
  assert.is(verdict({ imports: at(...many) }), "");
  assert.is(
    verdict({ imports: at(...many), caches: at("/m/19999") }),
    "portable import destination /m/19999/x conflicts with cache destination /m/19999",
  );
  assert.is(verdict({ root: `/${"a/".repeat(1_000_000)}`, workspacePath: "/".repeat(1_000_000) }), "");
  assert.match(verdict({ imports: at("/a".repeat(300_000), `${"/a".repeat(300_000)}/`) }), "conflicts with import");
});

test("what does not fit its type is named by its place", () => {
  const wrong = (member: string, value: Json): string =>
    misfit("validate", { spec: { ...(specRequest() as { readonly spec: object }).spec, [member]: value } });
  assert.is(wrong("workspaceSeed", { SnapshotDir: 1 }), "/request/spec/workspaceSeed/SnapshotDir");
  assert.is(wrong("workspaceSeed", { Archive: "/a", SnapshotDir: "/b" }), "/request/spec/workspaceSeed/SnapshotDir");
  assert.is(wrong("workspaceSeed", "Full"), "/request/spec/workspaceSeed");
  assert.is(wrong("workspaceSeed", {}), "/request/spec/workspaceSeed/SnapshotDir");
  assert.is(wrong("env", [["A", "1"], ["B"]]), "/request/spec/env/1/1");
  assert.is(wrong("limits", { memoryBytes: -1 }), "/request/spec/limits/memoryBytes");
  assert.is(wrong("limits", { memoryBytes: 1.5 }), "/request/spec/limits/memoryBytes");
  assert.is(wrong("limits", { memoryBytes: 2n ** 64n }), "/request/spec/limits/memoryBytes");
  assert.is(wrong("network", "disabled"), "/request/spec/network");
  assert.is(wrong("root", "\ud800"), "/request/spec/root");
  assert.is(
    wrong("imports", [{ source: "/a", destination: "/b", readOnly: true }]),
    "/request/spec/imports/0/readOnly",
  );
  assert.is(wrong("hostname", "x"), "/request/spec/hostname");
  assert.is(misfit("validate", {}), "/request/spec");
  assert.is(misfit("validate", specRequest(), { revision: "head" }), "/options/revision");
  assert.is(misfit("validate", specRequest(), { rootless: true }), "/options/rootless");
});

test("what upstream's own reader gives a default may be left out of a cell", () => {
  const spec = {
    root: "/r",
    scratch: "/s",
    workspacePath: "/w",
    workspaceSeed: "Empty",
    command: { cwd: "/", executable: "x" },
  };
  assert.is(run("validate", { spec }), true);
  assert.is(run("validate", { spec: { ...spec, limits: {} } }), true);
});

test("what a recording says of itself changes nothing", () => {
  assert.is(run("validate", specRequest(), { needsRoot: true, note: "x", versionSensitive: true }), true);
});
