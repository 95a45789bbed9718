import { namespaces } from "../../../src/policy/rules/namespaces.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const config = configWith({ linux: { namespaces: [{ type: "pid" }, { type: "network", path: "/work/7/ns" }] } });
const cell = "cell link /proc/self/ns/pid";
const host = "host link /proc/self/ns/pid";

test("a namespace is private, shared or joined", () => {
  assert.is(valueIn(namespaces, config, "namespace:pid"), "private");
  assert.is(valueIn(namespaces, config, "namespace:uts"), "shared");
  assert.equal(valueIn(namespaces, config, "namespace:network"), { joined: "/work/7/ns" });
});

test("a mount namespace is looked for under its name in /proc", () => {
  assert.equal(asked(namespaces, config, "namespace:mount"), [
    "cell link /proc/self/ns/mnt",
    "host link /proc/self/ns/mnt",
  ]);
});

test("private holds when the links differ and is violated when they are equal", () => {
  assert.equal(judge(namespaces, config, "namespace:pid", { [cell]: "pid:[2]", [host]: "pid:[1]" }), {
    is: "holds",
    seen: "private",
  });
  assert.equal(judge(namespaces, config, "namespace:pid", { [cell]: "pid:[1]", [host]: "pid:[1]" }), {
    is: "violated",
    seen: "shared",
  });
});

test("shared is violated by a namespace of the cell's own", () => {
  const lines = { "cell link /proc/self/ns/uts": "uts:[2]", "host link /proc/self/ns/uts": "uts:[1]" };
  assert.is(verdict(namespaces, config, "namespace:uts", lines), "violated");
  assert.is(
    verdict(namespaces, config, "namespace:uts", { ...lines, "cell link /proc/self/ns/uts": "uts:[1]" }),
    "holds",
  );
});

test("a link that is not shown tells nothing", () => {
  assert.is(verdict(namespaces, config, "namespace:pid", { [cell]: missing, [host]: "pid:[1]" }), "not-observable");
  assert.is(verdict(namespaces, config, "namespace:pid", { [cell]: "pid:[1]", [host]: missing }), "not-observable");
});

test("a joined namespace is told by its link or by the inode of what is bound there", () => {
  const given = (link: string | typeof missing, stat: string | typeof missing): Parameters<typeof verdict>[3] => ({
    "cell link /proc/self/ns/net": "net:[42]",
    "host link /proc/self/ns/net": "net:[1]",
    "host link /work/7/ns": link,
    "host stat /work/7/ns": stat,
  });
  const is = (link: string | typeof missing, stat: string | typeof missing): string =>
    verdict(namespaces, config, "namespace:network", given(link, stat));
  assert.is(is("net:[42]", missing), "holds");
  assert.is(is("net:[43]", missing), "violated");
  assert.is(is(missing, "file 444 0 0 4 42 0 0:0"), "holds");
  assert.is(is(missing, "file 444 0 0 4 1 0 0:0"), "violated");
  assert.is(is(missing, missing), "not-observable");
});

test("to share is weaker than to join, to join weaker than to keep apart", () => {
  assert.is(namespaces.compare("private", "shared"), "weaker");
  assert.is(namespaces.compare("private", { joined: "/a" }), "weaker");
  assert.is(namespaces.compare("shared", { joined: "/a" }), "stronger");
  assert.is(namespaces.compare({ joined: "/a" }, { joined: "/b" }), "different");
});
