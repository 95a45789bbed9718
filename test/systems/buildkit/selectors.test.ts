import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { bind, misfit, mount, refusal, run, step } from "./run.ts";

const tree = [
  { path: "/s/d/f", type: "file", content: "x" },
  { path: "/s/l", type: "symlink", target: "d" },
  { path: "/s/loop", type: "symlink", target: "loop" },
];
const dirs = { localMountDirs: ["/tmp/m0", "/tmp/m1"] };

function parts(mounts: readonly JsonObject[], options: JsonObject = dirs): readonly Json[] {
  return run("selector", step({ mounts, tree }), options) as readonly Json[];
}

function refused(mounts: readonly JsonObject[], selector = "x"): string {
  return refusal("selector", step({ mounts: [mount("/d", { mounts }, { selector })], tree }), dirs);
}

test("every ro is kept, every other option lost, and the same mount is made available once", () => {
  const part = (dest: string, selector: string, ...options: readonly string[]) =>
    mount(dest, { mounts: bind("/s", ...options) }, { selector });
  assert.equal(
    parts([
      part("/1", "l", "ro", "rbind", "ro"),
      part("/2", "d/f", "ro", "rbind", "ro"),
      part("/3", "d", "bind", "ro"),
    ]),
    [
      { destination: "/1", type: "bind", source: "/tmp/m0/d", options: ["rbind", "ro", "ro"] },
      { destination: "/2", type: "bind", source: "/tmp/m0/d/f", options: ["rbind", "ro", "ro"] },
      { destination: "/3", type: "bind", source: "/tmp/m1/d", options: ["rbind", "ro"] },
    ],
  );
});

test("no options and an empty list are the same mount; another type is another", () => {
  const part = (type: string, options: Json, selector: string) =>
    mount("/d", { mounts: [{ type, source: "/s", options }] }, { selector });
  const swallowed = { destination: "/d" };
  assert.equal(parts([part("bind", null, "d"), part("bind", [], "loop")])[1], swallowed);
  assert.is(
    refusal("selector", step({ mounts: [part("bind", null, "d"), part("rbind", [], "loop")], tree })),
    "too many links",
  );
});

test("what mount(2) refuses is said with the whole mount", () => {
  assert.is(
    refused([{ type: "bind", source: "/s", options: ["ro"] }]),
    "failed to mount /tmp/m0: [{Type:bind Source:/s Options:[ro]}]: no such device",
  );
  assert.is(
    refused([{ type: "none", source: "/s/d/f", options: ["rbind"] }]),
    "failed to mount /tmp/m0: [{Type:none Source:/s/d/f Options:[rbind]}]: not a directory",
  );
  assert.is(refused([{}]), "failed to mount /tmp/m0: [{Type: Source: Options:[]}]: no such device");
  assert.match(
    refused([{ type: "overlay", options: ["upperdir=/s"] }]),
    /Options:\[upperdir=\/s\]\}\]: invalid argument$/,
  );
  assert.match(refused([{ type: "overlay", options: ["lowerdir=/none"] }]), /: no such file or directory$/);
});

test("a bind by its options is one whatever its type, and is mounted although it is writable", () => {
  const mounts = [mount("/d", { mounts: [{ type: "tmpfs", source: "/s", options: ["bind"] }] }, { selector: "l" })];
  assert.equal(parts(mounts), [{ destination: "/d", type: "bind", source: "/tmp/m0/d", options: ["rbind"] }]);
});

test("an overlay shows the uppermost file, and directories of one name together", () => {
  const layers = [
    { path: "/u/d/up", type: "symlink", target: "low" },
    { path: "/l/d/low", type: "dir" },
    { path: "/l/d/up", type: "dir" },
    { path: "/w", type: "dir" },
  ];
  const options = ["upperdir=/u", "workdir=/w", "lowerdir=/l"];
  const mounts = [mount("/d", { mounts: [{ type: "overlay", source: "overlay", options }] }, { selector: "d/up" })];
  assert.equal(run("selector", step({ mounts, tree: layers }), dirs), [
    { destination: "/d", type: "bind", source: "/tmp/m0/d/low", options: ["rbind"] },
  ]);
});

test("the layers of an overlay are directories, more than one, and none lies in another that is not below it", () => {
  const said = (...options: string[]): string => {
    const mounts = [mount("/d", { mounts: [{ type: "overlay", options }] }, { selector: "x" })];
    const layers = ["/a/in", "/b", "/u", "/w/in"].map((path) => ({ path, type: "dir" }));
    const request = step({ mounts, tree: [...layers, { path: "/f", type: "file" }] });
    try {
      run("selector", request, dirs);
      return "mounted";
    } catch (error) {
      return String(error).replace(/^.*: /, "");
    }
  };
  const einval = "invalid argument";
  const eloop = "too many levels of symbolic links";
  assert.is(said("lowerdir=/a:/b"), "mounted");
  assert.is(said("lowerdir=/a"), einval);
  assert.is(said("lowerdir=/a:/f"), einval);
  assert.is(said("lowerdir=/a:/b:/a"), eloop);
  assert.is(said("lowerdir=/a/in:/a"), eloop);
  assert.is(said("lowerdir=/a/in", "upperdir=/a", "workdir=/w"), eloop);
  assert.is(said("lowerdir=/a", "upperdir=/a/in", "workdir=/w"), "mounted");
  assert.is(said("lowerdir=/a", "upperdir=/u", "workdir=/u"), einval);
  assert.is(said("lowerdir=/a", "upperdir=/w/in", "workdir=/w"), einval);
  assert.is(said("lowerdir=/a", "upperdir=/u"), einval);
  assert.is(said("lowerdir=", "upperdir=/u", "workdir=/w"), einval);
  assert.is(said("lowerdir=/a:/b", "workdir=/none"), "no such file or directory");
});

test("a mount that would show its own place does not go round for ever", () => {
  const own = mount("/1", { mounts: [{ type: "bind", source: "/", options: ["rbind", "ro"] }] }, { selector: "s/l" });
  const options = ["lowerdir=/", "upperdir=/u", "workdir=/w"];
  const merged = mount("/2", { mounts: [{ type: "overlay", options }] }, { selector: "tmp/m0/tmp/m0/s/l" });
  const layers = [...tree, { path: "/u", type: "dir" }, { path: "/w", type: "dir" }];
  assert.equal(
    (run("selector", step({ mounts: [own, merged], tree: layers }), dirs) as JsonObject[]).map(
      (part) => part["source"],
    ),
    ["/tmp/m0/s/d", "/tmp/m1/tmp/m0/tmp/m0/s/d"],
  );
});

test("a directory that is needed and not given does not fit", () => {
  const mounts = [mount("/d", { mounts: bind("/s", "ro", "bind") }, { selector: "d" })];
  assert.is(misfit("selector", step({ mounts, tree })), "/options/localMountDirs/0");
});
