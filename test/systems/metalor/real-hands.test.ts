/** Operations with files on real files, metalor's above all: as recorded, and never where the request does not say. */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callMethod } from "../../../runner/adapter/methods.ts";
import { codes, RpcError } from "../../../runner/adapter/rpc.ts";
import { plantTree } from "../../../runner/host/plant-tree.ts";
import { readTree } from "../../../runner/host/read-tree.ts";
import { runOperation } from "../../../runner/host/run-operation.ts";
import { dataRoot } from "../../../runner/load/data-root.ts";
import { loadCases } from "../../../runner/load/load-cases.ts";
import { loadGoldens } from "../../../runner/load/load-goldens.ts";
import { CupelError } from "../../../src/errors.ts";
import { printCompact } from "../../../src/json/print.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../../src/json/value.ts";
import type { PlacedCase } from "../../../src/suite/case.ts";
import { judgeGolden } from "../../../src/suite/golden.ts";
import { mapStrings } from "../../../src/suite/map-strings.ts";
import type { Outcome } from "../../../src/suite/perform.ts";
import { fillPlaceholders } from "../../../src/suite/placeholders.ts";
import { canonicalTree, treeJson, treeOf } from "../../../src/suite/tree-json.ts";
import { findOperation } from "../../../src/systems/registry.ts";
import { Rejection } from "../../../src/systems/rejection.ts";
import { effectsOf } from "../../../src/systems/system.ts";
import { assert, test } from "../../suite.ts";

const root = dataRoot(undefined, "/");
const all = loadCases(root);
const goldens = loadGoldens(root, all, false);

/** Cases whose operation touches files and no namespaces. Some modes stop nobody but an ordinary user. */
const withFiles = all.filter(({ system, operation, options = {}, needs = [] }) => {
  if (effectsOf(findOperation(system, operation), options) !== "files") return false;
  return process.getuid?.() === 0 || !needs.includes("root");
});

/** Makes what a case gives, performs it with real hands, and gives the outcome and what is there afterwards. */
function performFor(c: PlacedCase): { readonly outcome: Outcome; readonly after: Json } {
  const umask = process.umask(0o022);
  const tmp = realpathSync(mkdtempSync(join(tmpdir(), "cupel-request-")));
  const places = { tmp, pid: process.pid };
  // A process id is a small number, so it is looked for only where the case speaks of one.
  const pid = printCompact(c.expect as Json).includes("{{pid}}") ? String(process.pid) : tmp;
  const restore = (value: Json): Json =>
    mapStrings(value, (text) => text.replaceAll(tmp, "{{tmp}}").replaceAll(pid, "{{pid}}"));
  const fill = (value: Json): Json => fillPlaceholders(value, places);
  try {
    plantTree(tmp, treeOf(fill(treeJson(c.given ?? []))));
    const outcome = outcomeOf(restore, () =>
      runOperation(c.system, c.operation, fill(c.request), fill(c.options ?? {}), false),
    );
    const after = restore(readTree(tmp));
    return { outcome: c.leaves === undefined ? outcome : { ...outcome, leaves: after }, after };
  } finally {
    rmSync(tmp, { recursive: true, force: true });
    process.umask(umask);
  }
}

function outcomeOf(restore: (value: Json) => Json, perform: () => Json): Exclude<Outcome, { misfit: string }> {
  try {
    return { value: restore(perform()) };
  } catch (error) {
    if (error instanceof Rejection) return { rejects: String(restore(error.message)), code: error.code };
    if (error instanceof CupelError && error.code === "refused-for-safety") return { refused: error.message };
    throw error;
  }
}

test("every case with files comes out on real files as it does in memory", () => {
  assert.ok(withFiles.length > 150);
  for (const c of withFiles.filter(({ deviates }) => deviates === undefined)) {
    const { verdict, reason } = judgeGolden(c, goldens.of(c.fullId), performFor(c).outcome);
    assert.is(verdict, "pass", `${c.fullId}: ${reason}`);
  }
});

test("every case that deviates is refused by real hands, and nothing beside its stage has changed", () => {
  const deviating = withFiles.filter(({ deviates }) => deviates !== undefined);
  assert.ok(deviating.length >= 8);
  for (const c of deviating) {
    const { outcome, after } = performFor(c);
    assert.ok("refused" in outcome, c.fullId);
    assert.equal(beside(after), beside(treeJson(c.given ?? [])), c.fullId);
    assert.not.ok(printCompact(after).includes('/climbed"'), c.fullId);
    assert.is(judgeGolden(c, goldens.of(c.fullId), outcome).code, "deviates");
  }
});

/** What is neither in the directory that the operation makes nor an archive, path by path. */
function beside(tree: Json): Json {
  const entries = canonicalTree(tree);
  return (isArray(entries) ? entries : []).filter((entry) => {
    const path = isObject(entry) ? String(entry["path"]) : "";
    return !/^\{\{tmp\}\}\/(?:(?:scratch|bundle)(?:\/|$)|src\.tar$)/.test(path);
  });
}

/** Gives `work` two directories directly among the temporary ones: one that requests may name, and one that is nobody's business. */
function withTwo(work: (named: string, other: string) => void): void {
  const [named, other] = ["cupel-request-", "cupel-test-"].map((name) =>
    realpathSync(mkdtempSync(join(tmpdir(), name))),
  );
  try {
    work(named ?? "", other ?? "");
  } finally {
    for (const directory of [named, other]) rmSync(directory ?? "", { recursive: true, force: true });
  }
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CupelError) return error.code;
    throw error;
  }
  return "none";
}

test("nothing outside of the temporary directories that a request names is removed, written or read", () => {
  withTwo((named, other) => {
    // Never anything that would be missed: this test is there for the day on which nothing is refused.
    const target = join(other, "file");
    writeFileSync(target, "old");
    mkdirSync(join(other, "directory"));
    writeFileSync(join(named, "file"), "new");
    const attempts: readonly (readonly [string, Json])[] = [
      ["copyPath", { source: join(named, "file"), destination: target }],
      ["copyPath", { source: target, destination: join(named, "copy") }],
      ["resetStage", { scratch: join(other, "directory") }],
      ["prepareHostDirectory", { path: join(other, "made"), context: "a" }],
      ["writeSentinel", { root: join(other, "directory"), canonicalPrefix: named }],
    ];
    for (const [operation, request] of attempts) {
      assert.is(
        codeOf(() => runOperation("metalor", operation, request, {}, false)),
        "refused-for-safety",
        operation,
      );
    }
    assert.is(readFileSync(target, "utf8"), "old");
    assert.ok(lstatSync(join(other, "directory")).isDirectory());
  });
});

test("a link in a named directory does not lead the hands to another one", () => {
  withTwo((named, other) => {
    writeFileSync(join(other, "secret"), "s");
    execFileSync("ln", ["-s", other, join(named, "link")]);
    const { mode } = lstatSync(other);
    const attempts: readonly (readonly [string, Json])[] = [
      ["copyPath", { source: join(named, "link/secret"), destination: join(named, "copy") }],
      ["copyPath", { source: join(named, "link/"), destination: join(named, "copy") }],
      ["resetStage", { scratch: join(named, "link/below") }],
      ["prepareSentinel", { root: join(named, "link/") }],
      ["resetStage", { scratch: `${named}/link/secret/..` }],
    ];
    for (const [operation, request] of attempts) {
      let said = "none";
      try {
        runOperation("metalor", operation, request, {}, false);
      } catch (error) {
        said = error instanceof CupelError ? error.code : (error as Error).name;
      }
      assert.ok(["refused-for-safety", "Rejection"].includes(said), `${operation}: ${said}`);
    }
    assert.equal(
      (readTree(other) as readonly JsonObject[]).map(({ path }) => path),
      [join(other, "secret")],
    );
    assert.is(lstatSync(other).mode, mode);
  });
});

test("a fifo in a tree to copy is refused instead of waited for", () => {
  withTwo((named) => {
    execFileSync("mkdir", [join(named, "tree")]);
    execFileSync("mkfifo", [join(named, "tree/pipe")]);
    const request = { source: join(named, "tree"), destination: join(named, "copy") };
    assert.is(
      codeOf(() => runOperation("metalor", "copyPath", request, {}, false)),
      "refused-for-safety",
    );
  });
});

test("cupel serve stages where its client says, and refuses with the protocol's own number", () => {
  const spec = {
    workspacePath: "/w",
    workspaceSeed: "Empty",
    command: { cwd: "/", executable: "/bin/true" },
  };
  withTwo((named, other) => {
    const generate = (scratch: string): Json => {
      const request = { spec: { ...spec, root: `${named}/root`, scratch } };
      return callMethod("generate", { system: "metalor", operation: "stage", request, options: {} }, false);
    };
    assert.is(generate(join(named, "scratch")), true);
    assert.ok(lstatSync(join(named, "scratch/workspace")).isDirectory());
    const outside = join(other, "scratch");
    assert.throws(
      () => generate(outside),
      (error: unknown) => error instanceof RpcError && error.code === codes.refusedForSafety,
    );
    assert.is(lstatSync(outside, { throwIfNoEntry: false }), undefined);
  });
});
