import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { misfit, refusal, run } from "./run.ts";

const passwd =
  "root:x:0:0::/:/bin/sh\n app : x:7\napp:x:1000:1001\n\u00a0odd:x: 5:9\u2003\n::0:5\nbig:x:9223372036854775808:-1\n";
const group = "wheel:x:10:root,app,app\nstaff:x:0020: app\napp:x:1001\nmany:x:4294967297:app\nmany:x:30:app\n";

function user(text: string, changes: JsonObject = {}): Json {
  return run("user", { user: text, passwd, group, ...changes });
}

function refused(text: string, changes: JsonObject = {}): string {
  return refusal("user", { user: text, passwd, group, ...changes });
}

test("lines of passwd are trimmed, fields and lines of group are not, and a group counts once for a user that it lists twice", () => {
  assert.equal(user("app"), { uid: 1000, gid: 1001, sgids: [10, 1, 30] });
  assert.equal(user("app "), { uid: 7, gid: 0, sgids: null });
  assert.equal(user("app", { group: " x:x:1:app\r\n y:x:2:app \n" }), { uid: 1000, gid: 1001, sgids: [1] });
  assert.is(refused("app:x", { group: " x:x:1:\n" }), "unable to find group x: no matching entries in group file");
  assert.equal(user("odd"), { uid: 0, gid: 9, sgids: null });
});

test("ids beyond 64 bits saturate before they are narrowed, and negative ones wrap", () => {
  assert.equal(user("big"), { uid: 4294967295, gid: 4294967295, sgids: null });
  assert.equal(user("-1:0", { passwd: "m:x:-1:3" }), { uid: 4294967295, gid: 0, sgids: null });
  assert.is(refused("-1"), "uids and gids must be in range 0-2147483647");
});

test("a number may have a sign and zeros in front, and beyond 64 bits it is a name", () => {
  assert.equal(user("+01000"), { uid: 1000, gid: 1001, sgids: [10, 1, 30] });
  assert.is(
    refused("9223372036854775808"),
    "unable to find user 9223372036854775808: no matching entries in passwd file",
  );
  assert.is(refused("app:2147483648"), "uids and gids must be in range 0-2147483647");
  assert.equal(user("app:+20"), { uid: 1000, gid: 20, sgids: null });
  const digits = "9".repeat(1_000_000);
  assert.is(refused(digits), `unable to find user ${digits}: no matching entries in passwd file`);
  assert.equal(user("0".repeat(1_000_000)), { uid: 0, gid: 0, sgids: [10] });
});

test("a blank user with a group is uid 0, and needs its name in passwd only for refusals", () => {
  assert.equal(user(":staff"), { uid: 0, gid: 20, sgids: null });
  assert.is(refused(":staff", { passwd: null }), "unable to find user 0: invalid argument");
  assert.equal(user(":0", { passwd: "::0:5\n", group: null, user: ":" }), { uid: 0, gid: 5, sgids: null });
});

test("what stands behind a second colon is ignored, unlike in the shortcut", () => {
  assert.equal(user("app:staff:more"), { uid: 1000, gid: 20, sgids: null });
  assert.equal(user("1:2:3"), { uid: 1, gid: 2, sgids: null });
  assert.is(refusal("parseUidGid", { user: "1:2:3" }), 'strconv.ParseUint: parsing "2:3": invalid syntax');
});

test("the group file is not looked at for a user whom passwd does not know", () => {
  assert.equal(user("77", { group: null }), { uid: 77, gid: 0, sgids: null });
  assert.is(refused("77:wheel", { group: null }), "unable to find groups for spec : invalid argument");
});

test("a directory in the place of a file, a cycle and a file in the way are each told in their words", () => {
  const dir = [{ path: "etc/passwd", type: "dir" }];
  assert.is(
    refused("app", { passwd: null, tree: dir }),
    "unable to find user app: read /srv/rootfs/etc/passwd: is a directory",
  );
  const cycle = [{ path: "/etc/passwd", type: "symlink", target: "passwd" }];
  assert.is(refused("app", { passwd: null, tree: cycle }), "unable to find user app: invalid argument");
  const way = { passwd: null, group: null, tree: [{ path: "etc", type: "file" }] };
  assert.is(refused("app", way), "unable to find user app: invalid argument");
  const groups = [{ path: "/etc/group", type: "dir" }];
  assert.is(
    refused("app", { group: null, tree: groups }),
    "unable to find groups for spec app: read /srv/rootfs/etc/group: is a directory",
  );
});

test("a line of 64 KiB is too long, even behind the one that matches; one byte less is not", () => {
  const long = `${passwd}${"é".repeat(32768)}\n`;
  assert.is(refused("app", { passwd: long }), "unable to find user app: bufio.Scanner: token too long");
  assert.equal(user("app", { passwd: `${passwd}${"é".repeat(32767)}x\n` }), {
    uid: 1000,
    gid: 1001,
    sgids: [10, 1, 30],
  });
  assert.is(
    refused("app", { group: "g".repeat(65536) }),
    "unable to find groups for spec app: bufio.Scanner: token too long",
  );
});

test("two plain ids are looked at from the left, and the first problem is named", () => {
  const problem = (text: string): string => refusal("parseUidGid", { user: text });
  assert.is(problem("x:y"), 'strconv.ParseUint: parsing "x": invalid syntax');
  assert.is(problem("99999999999x:1"), 'strconv.ParseUint: parsing "99999999999x": value out of range');
  assert.is(problem("1:"), 'strconv.ParseUint: parsing "": invalid syntax');
  assert.is(problem("-1:1"), 'strconv.ParseUint: parsing "-1": invalid syntax');
  assert.is(problem('1:"\n'), 'strconv.ParseUint: parsing "\\"\\n": invalid syntax');
  assert.equal(run("parseUidGid", { user: "root:000000000007" }), { uid: 0, gid: 7 });
  assert.equal(run("parseUidGid", { user: "" }), { uid: 0, gid: 0 });
});

test("an image of a million users takes no long time, and what does not fit is named", () => {
  const many = "u:x:1:1\n".repeat(300_000);
  assert.equal(user("u:2", { passwd: many }), { uid: 1, gid: 2, sgids: null });
  assert.is(misfit("user", { user: 0 }), "/request/user");
});
