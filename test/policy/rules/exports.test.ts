import type { Answer } from "../../../src/policy/answer.ts";
import { exports } from "../../../src/policy/rules/exports.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const config = configWith({
  mounts: [
    { destination: "/nix/store", source: "scratch/store", options: ["rbind", "rw"] },
    { destination: "/in", source: "inputs/a", options: ["rbind", "ro"] },
  ],
});
const subject = "export:/nix/store/out";

const is = (create: number | Answer, found: string | Answer): string =>
  verdict(exports, config, subject, {
    "cell call create /nix/store/out": create,
    "host collected /work/7/bundle/scratch/store/out": found,
  });

test("the outputs come from the cell, the ways out from the config", () => {
  assert.equal(valueIn(exports, config, subject), { outside: "/work/7/bundle/scratch/store/out" });
  assert.equal(
    exports.promises(config).map(({ subject: each }) => each),
    ["export-root:/nix/store"],
  );
  assert.equal(asked(exports, config, "export-root:/nix/store"), []);
});

test("what is written inside is found outside", () => {
  assert.is(is(3, "file 644 0 0 1 9 0 0:0"), "holds");
  assert.is(is(3, missing), "violated");
  assert.is(is(3, unable), "not-observable");
  assert.is(is(3, "dir 755 0 0 1 9 0 0:0"), "violated");
});

test("an output that cannot be written is a violation only of a read-only file system", () => {
  assert.is(is(-30, missing), "violated");
  assert.is(is(-13, missing), "not-observable");
  assert.is(is(-2, missing), "not-observable");
  assert.is(is(unable, "file 644 0 0 1 9 0 0:0"), "not-observable");
});

test("what the system keeps or removes is looked at when it is done", () => {
  const line = "host collected /work/7/scratch";
  assert.equal(asked(exports, config, "afterwards:/work/7/scratch"), [line]);
  const seen = (answer: Answer | string): string =>
    verdict(exports, config, "afterwards:/work/7/scratch", { [line]: answer });
  assert.is(seen("not there"), "holds");
  assert.is(seen(missing), "not-observable");
  assert.is(seen("dir 755 0 0 1 9 0 0:0"), "violated");
  assert.is(seen(unable), "not-observable");
});
