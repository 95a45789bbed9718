import type { JsonObject } from "../../../src/json/value.ts";
import { bindSource } from "../../../src/policy/rules/bind-source.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, judge, missing, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const bind = (destination: string, source: string): JsonObject => ({ destination, source, options: ["rbind"] });
const config = configWith({
  mounts: [bind("/in", "inputs/a"), bind("/out/", "/work/7/out"), bind("/x/y", "y"), bind("/x", "x")],
});

const cell = "cell stat /in";
const host = "host stat /work/7/bundle/inputs/a";
const table = { "cell mounts": mountLines(["/in"]) };
const dir = (inode: number, device = 66): string => `dir 755 0 0 ${device} ${inode} 4096 0:0`;

test("a bind has its source as the config has it, or is hidden", () => {
  assert.equal(valueIn(bindSource, config, "bind:/in"), { source: "inputs/a" });
  assert.is(valueIn(bindSource, config, "bind:/x/y"), "hidden");
  assert.equal(asked(bindSource, config, "bind:/x/y"), []);
  assert.equal(bindSource.promises(configWith()), []);
});

test("a relative source is below the bundle", () => {
  assert.ok(asked(bindSource, config, "bind:/in").includes(host));
  assert.ok(asked(bindSource, config, "bind:/out").includes("host stat /work/7/out"));
});

test("the right source has the same device and inode", () => {
  assert.is(verdict(bindSource, config, "bind:/in", { [cell]: dir(5), [host]: dir(5), ...table }), "holds");
  assert.equal(judge(bindSource, config, "bind:/in", { [cell]: dir(6), [host]: dir(5), ...table }), {
    is: "violated",
    seen: { type: "dir", device: "66", inode: "6" },
  });
  assert.is(verdict(bindSource, config, "bind:/in", { [cell]: dir(5, 67), [host]: dir(5), ...table }), "violated");
});

test("inodes beyond 2^53 are told apart", () => {
  const given = {
    [cell]: "dir 755 0 0 1 9007199254740993 0 0:0",
    [host]: "dir 755 0 0 1 9007199254740992 0 0:0",
    ...table,
  };
  assert.is(verdict(bindSource, config, "bind:/in", given), "violated");
});

test("a destination that is not there is a violation only where nothing is mounted", () => {
  const none = { "cell mounts": mountLines() };
  assert.is(verdict(bindSource, config, "bind:/in", { [cell]: missing, [host]: dir(5), ...none }), "violated");
  assert.is(verdict(bindSource, config, "bind:/in", { [cell]: missing, [host]: dir(5), ...table }), "not-observable");
  const unknown = { [cell]: missing, [host]: dir(5), "cell mounts": missing };
  assert.is(verdict(bindSource, config, "bind:/in", unknown), "not-observable");
});

test("a source that is not there or is a link tells nothing", () => {
  assert.is(verdict(bindSource, config, "bind:/in", { [cell]: dir(5), [host]: missing, ...table }), "not-observable");
  const link = "symlink 777 0 0 66 5 4 0:0";
  assert.is(verdict(bindSource, config, "bind:/in", { [cell]: dir(5), [host]: link, ...table }), "not-observable");
});

test("with inodes of a runtime's own, what was put into the source must be there", () => {
  const name = ".cupel-source-0";
  const outside = `host stat /work/7/bundle/inputs/a/${name}`;
  const judged = (given: Given): string => judge(bindSource, config, "bind:/in", given, { ownInodes: true }).is;
  const given = (found: Given[string], put: Given[string], shown: Given[string] = dir(9)): Given => ({
    [cell]: shown,
    [host]: dir(5),
    [`cell call access-exist /in/${name}`]: found,
    [outside]: put,
  });
  const file = "file 755 0 0 66 8 300 0:0";
  assert.is(judged(given(0, file)), "holds");
  assert.is(judged(given(-2, file)), "violated");
  assert.is(judged(given(-2, file, missing)), "violated");
  assert.is(judged(given(-13, file)), "not-observable");
  assert.is(judged(given(-2, missing)), "not-observable");
  assert.is(judged(given(-2, missing, file)), "violated");
});

test("with inodes of a runtime's own, devices tell by their number and known files by their text", () => {
  const other = configWith({ mounts: [bind("/etc/hosts", "hosts"), bind("/dev/null", "null")] });
  const at = (destination: string, number: number, more: Given): string => {
    const source = `/work/7/bundle/${destination.split("/").at(-1)}`;
    const given: Given = {
      [`cell call access-exist ${destination}/.cupel-source-${number}`]: -20,
      [`host stat ${source}/.cupel-source-${number}`]: missing,
      ...more,
    };
    return judge(bindSource, other, `bind:${destination}`, given, { ownInodes: true }).is;
  };
  const file = "file 644 0 0 66 8 300 0:0";
  const hosts = (inside: Given[string], outside: Given[string]): string =>
    at("/etc/hosts", 0, {
      "cell stat /etc/hosts": file,
      "host stat /work/7/bundle/hosts": file,
      "cell read /etc/hosts": inside,
      "host read /work/7/bundle/hosts": outside,
    });
  assert.is(hosts("127.0.0.1 a\n", "127.0.0.1 a\n"), "holds");
  assert.is(hosts("127.0.0.1 b\n", "127.0.0.1 a\n"), "violated");
  assert.is(hosts("", ""), "not-observable");
  const device = (inside: string): string =>
    at("/dev/null", 1, {
      "cell stat /dev/null": `char 666 0 0 6 5 0 ${inside}`,
      "host stat /work/7/bundle/null": "char 666 0 0 5 4 0 1:3",
    });
  assert.is(device("1:3"), "holds");
  assert.is(device("1:5"), "violated");
  assert.is(device("0:0"), "not-observable");
});

test("a source further up is weaker, one further down stronger, another different", () => {
  const compare = (a: string, b: string): string => bindSource.compare({ source: a }, { source: b });
  assert.is(compare("inputs/a", "inputs"), "weaker");
  assert.is(compare("inputs/a", "."), "weaker");
  assert.is(compare("inputs", "inputs/a"), "stronger");
  assert.is(compare("inputs/a", "inputs/b"), "different");
  assert.is(compare("inputs/a", "inputs/ab"), "different");
  assert.is(compare("inputs/a", "./inputs//a/"), "same");
  assert.is(compare("/srv/a", "/"), "weaker");
  assert.is(compare("/srv/a", "srv"), "different");
  assert.is(bindSource.compare("absent", { source: "a" }), "weaker");
  assert.is(bindSource.compare("hidden", { source: "a" }), "weaker");
});
