import { atPointer } from "../../src/json/pointer.ts";
import type { Json } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";
import { misfit, refusal, run } from "./snix-run.ts";

/** What is said of the one input, without the position. */
function fault(input: Json): string {
  return refusal("validate", { inputs: [input] }).replace("invalid input node at position 0: ", "");
}

test("a bad name is a byte string: bare controls in hex, 1a to 1f and the rest as code points, foreign bytes in hex", () => {
  assert.is(
    fault({ nameBase64: "Lwd/Gh4A/8OpwqDigKjMgScK" }),
    String.raw`Invalid name: unable to convert '"/\x07\x7f\u{1a}\u{1e}\0\xffé\u{a0}\u{2028}\u{301}\'\n"'`,
  );
});

test("a bad target is quoted twice, once as bytes and once as text", () => {
  assert.is(
    fault({ name: "l", type: "symlink", target: "a'\0\x7f" }),
    String.raw`invalid node with name l: "Invalid symlink target: unable to convert '\"a\\'\\0\\x7f\""`,
  );
});

test("a target may have 4095 bytes, and need not be UTF-8", () => {
  const link = { name: "l", type: "symlink" };
  const given = run("validate", { inputs: [{ ...link, targetBase64: "/w==" }] });
  assert.equal(atPointer(given, "/inputs/0"), { ...link, targetBase64: "/w==" });
  run("validate", { inputs: [{ ...link, target: `${"ü".repeat(2047)}x` }] });
  assert.match(fault({ ...link, target: "ü".repeat(2048) }), /^invalid node with name l: "Invalid symlink target/);
});

test("the name of a bad node is not quoted, and what is not UTF-8 in it is replaced", () => {
  const node = { nameBase64: "YSL/4oI=", type: "directory", digestLen: 1 };
  assert.is(fault(node), 'invalid node with name a"\ufffd\ufffd: "invalid digest length: 1"');
});

test("the faults come in turn: an input is checked and compared before the next one", () => {
  assert.is(refusal("validate", { inputs: ["b", "a", "/"] }), "input nodes are not sorted by name");
});

test("clean paths have no segment or slash too many", () => {
  for (const workingDir of ["a//b", "a/", "a/.", "./a", ".", "..", "a/../b", "/a"]) {
    assert.is(refusal("validate", { workingDir }), "invalid working_dir", workingDir);
  }
  for (const workingDir of ["", "...", "a b", "a\\b", ".a/b."]) run("validate", { workingDir });
  for (const path of ["//", "/a/", "/..", "a", ""]) {
    const constraints = { system: "s", availableReadOnlyPaths: [path] };
    assert.match(refusal("validate", { constraints }), /available_ro_paths at position 0$/, path);
  }
});

test("memory is a number up to 2^53 and digits above", () => {
  const memory = (minMemory: Json) => {
    return atPointer(run("validate", { constraints: { system: "s", minMemory } }), "/constraints/minMemory");
  };
  assert.is(memory(2n ** 53n), 2 ** 53);
  assert.is(memory("0012"), 12);
  assert.is(memory(2n ** 53n + 1n), "9007199254740993");
  assert.is(
    misfit("validate", { constraints: { minMemory: "18446744073709551616" } }),
    "/request/constraints/minMemory",
  );
});

test("texts are in order by UTF-8 bytes", () => {
  run("validate", { outputs: ["\uffee", "\u{1f600}"] });
  assert.is(refusal("validate", { outputs: ["\u{1f600}", "\uffee"] }), "outputs not sorted");
});

test("defaults are filled in, values stay as given", () => {
  const request = {
    inputs: [{ name: "d", type: "directory" }, "f"],
    environmentVars: [{ key: "A", valueBase64: "eA==" }, { key: "B" }],
    constraints: { system: "s", networkAccess: false, availableReadOnlyPaths: [] },
    additionalFiles: [{ path: "x" }],
  };
  assert.equal(run("validate", request), {
    inputs: [
      { type: "directory", name: "d", size: 0 },
      { type: "file", name: "f", size: 0, executable: false },
    ],
    commandArgs: [],
    workingDir: "",
    scratchPaths: [],
    inputsDir: "",
    outputs: [],
    environmentVars: [
      { key: "A", valueBase64: "eA==" },
      { key: "B", value: "" },
    ],
    constraints: { system: "s", minMemory: 0 },
    additionalFiles: [{ path: "x", contents: "" }],
    refscanNeedles: [],
  });
});
