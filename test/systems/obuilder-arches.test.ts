import { memoryHost } from "../../src/suite/memory-host.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { findArches } from "../../src/systems/obuilder/arches.ts";
import { obuilder } from "../../src/systems/obuilder/system.ts";
import { assert, test } from "../suite.ts";

const arm = ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"];

/** How a run of `uname -m` that printed `unameOutput` is refused. */
function refusal(unameOutput: string, unameExit: number): string {
  try {
    return findArches({ unameOutput, unameExit }).join();
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

test("only the first line counts, with or without its line feed", () => {
  assert.equal(findArches({ unameOutput: "aarch64\nx86_64\n" }), arm);
  assert.equal(findArches({ unameOutput: "aarch64" }), arm);
  assert.equal(findArches({ unameOutput: "\naarch64\n" }), []);
});

test("space, tab, carriage return and form feed are trimmed, and no other blank", () => {
  assert.equal(findArches({ unameOutput: " \t\r\faarch64\f\r\t \n" }), arm);
  assert.equal(findArches({ unameOutput: "\u00a0aarch64" }), []);
  assert.equal(findArches({ unameOutput: "aarch64\v" }), []);
  assert.equal(findArches({ unameOutput: "aarch64\u2028" }), []);
});

test("names are case sensitive and never looked up in a prototype", () => {
  assert.equal(findArches({ unameOutput: "X86_64" }), []);
  assert.equal(findArches({ unameOutput: "arm64" }), []);
  assert.equal(findArches({ unameOutput: "constructor" }), []);
});

test("nothing printed is the end of the file, whatever the exit status", () => {
  assert.is(refusal("", 0), "End_of_file");
  assert.is(refusal("", 127), "End_of_file");
});

test("an empty line is a line: it names no machine, and its exit status counts", () => {
  assert.is(refusal("\n", 0), "");
  assert.is(refusal("\n", 1), "Failed to get arch with 'uname -m'");
});

test("the operation takes no option but the revision", () => {
  const run = obuilder.operations["arches"]?.run;
  assert.throws(
    () => run?.({ unameOutput: "" }, { fastSync: true }, memoryHost()),
    (error: unknown) => error instanceof Misfit && error.pointer === "/options/fastSync",
  );
});
