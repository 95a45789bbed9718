import { parseMounts } from "../../../src/policy/answers/mounts.ts";
import { propagation } from "../../../src/policy/rules/propagation.ts";
import { assert, test } from "../../suite.ts";
import { configWith, missing, valueIn, verdict } from "../fake-answers.ts";

const mount = (...options: readonly string[]): object => ({ destination: "/in", type: "bind", source: "in", options });
const withOptions = (...options: readonly string[]): ReturnType<typeof configWith> =>
  configWith({ mounts: [mount("rbind", ...options) as never] });
const table = (fields: string): string =>
  `1 0 0:1 / / rw - ext4 none rw\n2 1 0:2 / /in rw ${fields === "" ? "" : `${fields} `}- ext4 none rw\n`;

test("optional fields of the mount table are read, however many there are", () => {
  const fields = (text: string): readonly string[] | undefined => parseMounts(table(text))?.[1]?.propagation;
  assert.equal(fields(""), []);
  assert.equal(fields("shared:7"), ["shared:7"]);
  assert.equal(fields("shared:7 master:3"), ["shared:7", "master:3"]);
});

test("the last option counts, silence is contained, and a slave receives nothing from something private", () => {
  assert.is(valueIn(propagation, withOptions(), "propagation:/in"), "contained");
  assert.is(valueIn(propagation, withOptions("rslave"), "propagation:/in"), "contained");
  assert.is(valueIn(propagation, withOptions("shared", "private"), "propagation:/in"), "contained");
  assert.is(valueIn(propagation, withOptions("private", "rshared"), "propagation:/in"), "shared");
  assert.is(valueIn(propagation, withOptions("unbindable"), "propagation:/in"), "unbindable");
  const root = configWith({ linux: { rootfsPropagation: "rshared" } });
  assert.is(valueIn(propagation, root, "propagation:/"), "shared");
});

test("a mount is contained unless it is a member of a shared group", () => {
  const config = withOptions("rprivate");
  assert.is(verdict(propagation, config, "propagation:/in", { "cell mounts": table("") }), "holds");
  assert.is(verdict(propagation, config, "propagation:/in", { "cell mounts": table("master:3") }), "holds");
  assert.is(verdict(propagation, config, "propagation:/in", { "cell mounts": table("shared:7") }), "violated");
  assert.is(verdict(propagation, config, "propagation:/in", { "cell mounts": table("unbindable") }), "violated");
  assert.is(verdict(propagation, withOptions("shared"), "propagation:/in", { "cell mounts": table("") }), "violated");
  assert.is(verdict(propagation, config, "propagation:/in", { "cell mounts": missing }), "not-observable");
});

test("sharing is weaker, and unbindable is stronger than contained", () => {
  assert.is(propagation.compare("contained", "shared"), "weaker");
  assert.is(propagation.compare("contained", "unbindable"), "stronger");
  assert.is(propagation.compare("absent", "contained"), "weaker");
});
