import { CupelError } from "../../src/errors.ts";
import { configOperation, mainOperation } from "../../src/systems/main-operation.ts";
import { findOperation, findSystem, systems } from "../../src/systems/registry.ts";
import { assert, test } from "../suite.ts";

function errorOf(action: () => unknown): CupelError {
  try {
    action();
  } catch (error) {
    if (error instanceof CupelError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("systems and operations are found by name", () => {
  for (const system of systems) {
    assert.is(findSystem(system.name), system);
    for (const [name, operation] of Object.entries(system.operations)) {
      assert.is(findOperation(system.name, name), operation);
    }
  }
});

test("names are unique, and every system generates its document and a config from its example", () => {
  assert.is(new Set(systems.map(({ name }) => name)).size, systems.length);
  for (const system of systems) {
    const { name, example } = system;
    for (const operation of [mainOperation(system), configOperation(system)]) {
      findOperation(name, operation).run(example.request, example.options, unused);
    }
  }
});

test("only metalor has another main operation than config", () => {
  const others = systems.filter((system) => mainOperation(system) !== "config" || configOperation(system) !== "config");
  assert.equal(
    others.map((system) => [system.name, mainOperation(system), configOperation(system)]),
    [["metalor", "plan", "ociConfig"]],
  );
});

test("a name with a slip in it is answered with the nearest one", () => {
  const system = errorOf(() => findSystem("snicks"));
  assert.equal([system.code, /"snix"/.test(system.hint ?? "")], ["unknown-system", true]);
  const operation = errorOf(() => findOperation("snix", "konfig"));
  assert.equal([operation.code, /"config"/.test(operation.hint ?? "")], ["unknown-operation", true]);
});

test("names that every object has are no operations", () => {
  for (const name of ["constructor", "__proto__", "toString", ""]) {
    assert.is(errorOf(() => findOperation("snix", name)).code, "unknown-operation");
    assert.is(errorOf(() => findSystem(name)).code, "unknown-system");
  }
});

/** A host that no pure operation touches. */
const unused = {
  get files(): never {
    throw new Error("files were touched");
  },
  get tools(): never {
    throw new Error("tools were touched");
  },
  get process(): never {
    throw new Error("the process was touched");
  },
  refuse(why: string): never {
    throw new Error(`nothing harmful is near: ${why}`);
  },
};
