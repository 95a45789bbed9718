import { atPointer } from "../../../src/json/pointer.ts";
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { image, misfit, refusal, refusalCode, run } from "./run.ts";

const passwd = "root:x:0:0::/:/s\nbob:x:7:70::/:/s\n";
const group = "root:x:0:\nstaff:x:80:bob,bob\nbobs:x:70:bob\n";

const request = (user: string, files: JsonObject = { passwd, group }): Json => ({ options: [image({ user }, files)] });
const ids = (user: string, files?: JsonObject): Json | undefined =>
  atPointer(run("config", request(user, files)), "/process/user");
const reason = (user: string, files?: JsonObject): string =>
  refusal("config", request(user, files)).replace(/^cannot create new spec: cannot apply spec option: /, "");

test("a number is never looked up as a name", () => {
  const files = { passwd: "7:x:9:90::/:/s\n", group: "" };
  assert.equal(ids("7", files), { uid: 7, gid: 0 });
  assert.equal(ids("9", files), { uid: 9, gid: 90 });
});

test("a number that is too large, signed or empty is a name", () => {
  const files = { passwd: '4294967296:x:1:2::/:/s\n"+3":x:4:5::/:/s\n:x:6:7::/:/s\n', group: "" };
  assert.equal(ids("4294967296", files), { uid: 1, gid: 2 });
  assert.equal(ids("+3", files), { uid: 4, gid: 5 });
  assert.equal(ids(":8", files), { uid: 6, gid: 8 });
});

test("additional groups repeat, and stay with an explicit group that is one of them", () => {
  assert.equal(ids("bob"), { uid: 7, gid: 70, additionalGids: [80, 80] });
  assert.equal(ids("bob:staff"), { uid: 7, gid: 80, additionalGids: [80, 80] });
  assert.equal(ids("7:bobs"), { uid: 7, gid: 70, additionalGids: [80, 80] });
  assert.equal(ids("root"), { uid: 0, gid: 0 });
});

test("names are compared as they are", () => {
  for (const user of ["Bob", "bob ", " bob", "b\u006f\u0308b"]) {
    assert.is(refusalCode("config", request(user)), "unknown-user", user);
  }
});

test("names that every object has are not known by themselves", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    assert.is(refusalCode("config", request(name)), "unknown-user", name);
    assert.is(refusalCode("config", request(`0:${name}`)), "unknown-group", name);
    const user = { kind: "user", user: name, passwdData: {} };
    assert.is(refusalCode("config", { base: {}, options: [user] }), "unknown-user", name);
  }
});

test("data given in place of files may have any names", () => {
  const uid: JsonObject = Object.fromEntries([
    ["__proto__", 5],
    ["constructor", 6],
  ]);
  const of = (user: string): Json | undefined =>
    atPointer(run("config", { base: {}, options: [{ kind: "user", user, passwdData: { uid } }] }), "/process/user/uid");
  assert.is(of("__proto__"), 5);
  assert.is(of("constructor"), 6);
});

test("data that is no data does not fit, at its very place", () => {
  const at = (passwdData: Json): string => misfit("config", { options: [{ kind: "user", user: "0", passwdData }] });
  const place = "/request/options/0/passwdData";
  assert.is(at([]), place);
  assert.is(at({ uid: [] }), `${place}/uid`);
  assert.is(at({ uid: { bob: -1 } }), `${place}/uid/bob`);
  assert.is(at({ groups: { bob: {} } }), `${place}/groups/bob`);
  assert.is(at({ groups: { "7": [] } }), `${place}/groups/7`);
  assert.is(at({ groups: { "7": { additionalGids: ["a"] } } }), `${place}/groups/7/additionalGids/0`);
  assert.is(at({ groups: { "7": { additionalGids: null } } }), "fits");
});

test("files are opened one after the other, and read only then", () => {
  const paths = { passwdPath: "/r/etc/passwd", groupPath: "/r/etc/group" };
  const files = "cannot parse container's /etc/passwd and/or /etc/group files: ";
  const cases: readonly (readonly [passwd: Json, group: Json, words: string])[] = [
    ["broken", { errno: "ENOTDIR" }, "cannot open group file: open /r/etc/group: not a directory"],
    ["broken", { errno: "EISDIR" }, "cannot parse passwd file data: record on line 1: wrong number of fields"],
    ["", { errno: "EISDIR" }, "cannot parse group file data: read /r/etc/group: is a directory"],
    [{ errno: "EISDIR" }, "broken", "cannot parse passwd file data: read /r/etc/passwd: is a directory"],
    [{ errno: "ELOOP" }, null, "cannot open passwd file: open /r/etc/passwd: too many levels of symbolic links"],
    [{ errno: "EACCES" }, { errno: "EACCES" }, "cannot open passwd file: open /r/etc/passwd: permission denied"],
  ];
  for (const [p, g, words] of cases) assert.is(reason("0", { passwd: p, group: g, ...paths }), files + words);
  assert.equal(ids("0", { passwd: { errno: "EISDIR" }, group: null }), { uid: 0, gid: 0 });
  assert.equal(ids("0", { passwd: null, group: { errno: "EACCES" } }), { uid: 0, gid: 0 });
});

test("files that nobody reads may be anything", () => {
  assert.is(refusal("config", request("", { passwd: "broken", group: { errno: "EACCES" } })), "accepted");
});

test("a large file of users is read in one go", () => {
  const lines = Array.from({ length: 20_000 }, (_, id) => `user${id}:x:${id}:${id}:"a ""b"":":/:/s\n`).join("");
  const members = Array.from({ length: 20_000 }, (_, id) => `user${id}`).join(",");
  assert.equal(ids("user19999", { passwd: lines, group: `all:x:1:${members}\n` }), {
    uid: 19999,
    gid: 19999,
    additionalGids: [1],
  });
});
