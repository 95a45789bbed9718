/**
 * The one door to uvu. A test file registers tests with {@link test} and judges with {@link assert}; test/guard/child.ts
 * runs them. There is no `only`, no `skip` and no hook, because uvu 0.5.6 can end green on red with each of them.
 */
import process from "node:process";
import { suite } from "uvu";
import * as uvu from "uvu/assert";

/** What a test does; a promise is awaited. */
export type Body = () => void | Promise<void>;

/** How far the tests of this process have come. */
export interface Progress {
  readonly registered: number;
  readonly passed: number;
  readonly failed: number;
  /** Tests that this machine cannot execute, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** Names of tests that have not ended. */
  readonly unfinished: readonly string[];
}

/** Registers a test, and offers the one kind of test that a machine may be unable to run. */
export interface Test {
  /** Registers a test. `name` states the behaviour. */
  (name: string, body: Body): void;
  /**
   * Registers a test that executes cells. `lacking` says what this machine lacks for it ("no runc on PATH"), undefined
   * when it lacks nothing. A test whose machine lacks something is skipped with that reason, or fails with it when the
   * environment has CUPEL_REQUIRE_EXECUTION=1.
   */
  executes(lacking: string | undefined, name: string, body: Body): void;
}

const all = suite();
const unfinished = new Map<number, string>();
const skipped: { name: string; reason: string }[] = [];
let registered = 0;
let passed = 0;
let failed = 0;
let started = false;

/** Registers tests; see {@link Test}. */
export const test: Test = Object.assign(register, {
  executes(lacking: string | undefined, name: string, body: Body): void {
    if (lacking === undefined) {
      register(name, body);
    } else if (process.env["CUPEL_REQUIRE_EXECUTION"] === "1") {
      register(name, () => {
        throw new Error(`CUPEL_REQUIRE_EXECUTION=1, but this machine cannot execute it: ${lacking}`);
      });
    } else {
      registered += 1;
      skipped.push({ name, reason: lacking });
    }
  },
});

/**
 * uvu's assertions. `equal` also takes objects without a prototype, such as our JSON reader makes, for equal to plain
 * ones of the same content.
 */
export const assert: typeof uvu = { ...uvu, equal };

/** Starts what has been registered. For test/guard/child.ts alone, after the test file has been loaded. */
export function runRegistered(): void {
  started = true;
  if (unfinished.size > 0) all.run();
}

/** The count so far. For test/guard/child.ts alone. */
export function progress(): Progress {
  return { registered, passed, failed, skipped, unfinished: [...unfinished.values()] };
}

// A test file that is started on its own would register its tests and end green.
process.on("exit", () => {
  if (started || registered === 0) return;
  process.stderr.write("No test ran. Run test files through test/main.ts.\n");
  process.exitCode = 1;
});

function register(name: string, body: Body): void {
  registered += 1;
  const key = registered;
  unfinished.set(key, name);
  if (started) throw new Error(`Cannot register "${name}": the tests have started`);
  all(name, async () => {
    try {
      await body();
      passed += 1;
    } catch (thrown) {
      failed += 1;
      throw asError(thrown);
    } finally {
      unfinished.delete(key);
    }
  });
}

/** uvu takes a thrown non-Error for a pass. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error && typeof thrown.stack === "string") return thrown;
  return new Error(`The test threw something that is no Error: ${String(thrown)}`);
}

function equal(actual: unknown, expected: unknown, message?: string | Error): void {
  uvu.equal(withPrototype(actual), withPrototype(expected), message);
}

function withPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPrototype);
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withPrototype(entry)]));
}
