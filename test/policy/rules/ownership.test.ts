import type { JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import { ownership } from "../../../src/policy/rules/ownership.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";

function withBind(linux: JsonObject = {}, options: readonly string[] = ["rbind", "rw"]): Config {
  return configWith({ mounts: [{ destination: "/out", source: "s", options }], linux });
}

const mapped = withBind({
  namespaces: [{ type: "user" }],
  uidMappings: [{ containerID: 1000, hostID: 200000, size: 1 }],
  gidMappings: [{ containerID: 0, hostID: 300000, size: 1000 }],
});

const is = (made: string | Answer, create: number | Answer = 3, source = "dir 755 0 0 1 2 0 0:0"): string =>
  verdict(ownership, mapped, "ownership:/out", {
    "cell call create /out/.cupel-write-0": create,
    "host stat /work/7/bundle/s/.cupel-write-0": made,
    "host stat /work/7/bundle/s": source,
  });

test("the owner is the process's user as the host sees it", () => {
  assert.equal(valueIn(ownership, mapped, "ownership:/out"), { uid: 200000, gid: 300100, source: "s" });
  assert.equal(valueIn(ownership, withBind(), "ownership:/out"), { uid: 1000, gid: 100, source: "s" });
});

test("mappings without a user namespace map nothing", () => {
  const config = withBind({ uidMappings: [{ containerID: 1000, hostID: 200000, size: 1 }] });
  assert.equal(valueIn(ownership, config, "ownership:/out"), { uid: 1000, gid: 100, source: "s" });
});

test("nothing is asked where the owner is not known or nothing is written", () => {
  const unmapped = withBind({ namespaces: [{ type: "user" }] });
  assert.equal(valueIn(ownership, unmapped, "ownership:/out"), { uid: "unmapped", gid: "unmapped", source: "s" });
  const joined = withBind({ namespaces: [{ type: "user", path: "/work/7/ns" }] });
  assert.is(valueIn(ownership, joined, "ownership:/out"), "elsewhere");
  assert.is(valueIn(ownership, withBind({}, ["bind", "idmap"]), "ownership:/out"), "elsewhere");
  assert.is(valueIn(ownership, withBind({}, ["bind", "ro"]), "ownership:/out"), "nothing");
  for (const config of [unmapped, joined, withBind({}, ["bind", "ro"])]) {
    assert.equal(asked(ownership, config, "ownership:/out"), []);
  }
});

test("the made file has the mapped owner on the host", () => {
  assert.is(is("file 644 200000 300100 1 9 0 0:0"), "holds");
  assert.is(is("file 644 0 300100 1 9 0 0:0"), "violated");
  assert.is(is("file 644 200000 0 1 9 0 0:0"), "violated");
});

test("a set-group-id directory gives its own group", () => {
  const source = "dir 2775 0 50 1 2 0 0:0";
  assert.is(is("file 644 200000 50 1 9 0 0:0", 3, source), "holds");
  assert.is(is("file 644 200000 300100 1 9 0 0:0", 3, source), "violated");
});

test("a file that was not made or is not seen tells nothing", () => {
  assert.is(is("file 644 200000 300100 1 9 0 0:0", -30), "not-observable");
  assert.is(is("file 644 200000 300100 1 9 0 0:0", missing), "not-observable");
  assert.is(is(missing), "not-observable");
  const given = {
    "cell call create /out/.cupel-write-0": 3,
    "host stat /work/7/bundle/s/.cupel-write-0": "file 644 1 1 1 9 0 0:0",
    "host stat /work/7/bundle/s": missing,
  };
  assert.is(judge(ownership, mapped, "ownership:/out", given).is, "not-observable");
});

test("files of the host's root are weaker", () => {
  const root = { uid: 0, gid: 0, source: "s" };
  const user = { uid: 1000, gid: 100, source: "s" };
  assert.is(ownership.compare(user, root), "weaker");
  assert.is(ownership.compare("nothing", root), "weaker");
  assert.is(ownership.compare(user, { ...user, uid: 1001 }), "different");
  assert.is(ownership.compare(user, { ...user, source: "t" }), "same");
  assert.is(ownership.compare("absent", "nothing"), "same");
});
