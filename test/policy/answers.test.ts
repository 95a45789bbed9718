import { resultName } from "../../src/policy/answers/errno.ts";
import { parseIdMap } from "../../src/policy/answers/id-map.ts";
import { parseLimits } from "../../src/policy/answers/limits.ts";
import { mountAt, mountOn, parseMounts } from "../../src/policy/answers/mounts.ts";
import { parseInterfaces, parseRoutes } from "../../src/policy/answers/network.ts";
import { parseStat } from "../../src/policy/answers/stat.ts";
import { parseStatus } from "../../src/policy/answers/status.ts";
import { lines, nulWords } from "../../src/policy/answers/words.ts";
import { assert, test } from "../suite.ts";
import { type MountLine, mountLines } from "./mount-lines.ts";

test("a status gives ids, groups, capabilities and modes", () => {
  const status = parseStatus(
    [
      "Name:\tx: y",
      "Umask:\t0022",
      "Pid:\t7",
      "Uid:\t1\t2\t3\t4",
      "Gid:\t5\t6\t7\t8",
      "Groups:\t10 9 ",
      "CapInh:\t0000000000000000",
      "CapPrm:\t0000000000000003",
      "CapEff:\t0000000000000001",
      "CapBnd:\t000001ffffffffff",
      "CapAmb:\t0000000000000000",
      "NoNewPrivs:\t1",
      "Seccomp:\t2",
      "",
    ].join("\n"),
  );
  assert.equal(status?.uids, [1, 2, 3, 4]);
  assert.equal(status?.groups, [9, 10]);
  assert.equal(status?.capabilities.permitted, ["CAP_CHOWN", "CAP_DAC_OVERRIDE"]);
  assert.is(status?.capabilities.bounding?.length, 41);
  assert.is(status?.noNewPrivileges, true);
  assert.is(status?.seccomp, "filter");
});

test("rows that a kernel does not show stay undefined", () => {
  const status = parseStatus("Pid:\t1\nCapEff:\tzz\nUid:\tx\nSeccomp:\t9\n");
  assert.is(status?.capabilities.effective, undefined);
  assert.is(status?.uids, undefined);
  assert.is(status?.seccomp, undefined);
  assert.is(status?.noNewPrivileges, undefined);
  assert.is(parseStatus("nothing of the sort"), undefined);
});

test("a line of mountinfo is read with any number of optional fields, and escapes undone", () => {
  const text =
    "36 35 98:0 /mnt1 /a\\040b rw,noatime master:1 propagate_from:2 - ext3 /dev/root\\134x rw,errors=continue\n" +
    "37 35 0:5 / /c ro - tmpfs  rw\n";
  const [first, second] = parseMounts(text) ?? [];
  assert.equal(first, {
    id: 36,
    parent: 35,
    device: "98:0",
    root: "/mnt1",
    mountPoint: "/a b",
    options: ["rw", "noatime"],
    propagation: ["master:1", "propagate_from:2"],
    type: "ext3",
    source: "/dev/root\\x",
    superOptions: ["rw", "errors=continue"],
  });
  assert.equal([second?.source, second?.superOptions], ["", ["rw"]]);
});

test("a mount table with a line of another form is none", () => {
  assert.is(parseMounts(""), undefined);
  assert.is(parseMounts("36 35 98:0 / /a rw\n"), undefined);
  assert.is(parseMounts(`${mountLines()}garbage\n`), undefined);
});

const at = (path: string, ...mounts: readonly MountLine[]): string | undefined => {
  const entry = mountAt(parseMounts(mountLines(...mounts)) ?? [], path);
  return entry === undefined ? undefined : `${entry.id} ${entry.mountPoint}`;
};

test("a path leads to the mount that the kernel's walk ends in", () => {
  assert.is(at("/x", ["/a"]), "1 /");
  assert.is(at("/a/x", ["/a"]), "2 /a");
  assert.is(at("/ab", ["/a"]), "1 /");
  assert.is(at("/a/b/c", ["/a"], ["/a/b"]), "3 /a/b");
  assert.is(at("/a/b", ["/a/b"], ["/a"]), "3 /a");
  assert.is(at("/a", ["/a"], ["/a"]), "3 /a");
  assert.is(at("/a/b", ["/a"], ["/a/b"], ["/a"], ["/a/b"]), "5 /a/b");
});

test("a mount is on a path only where it is seen there", () => {
  const entries = parseMounts(mountLines(["/a/b"], ["/a"])) ?? [];
  assert.is(mountOn(entries, "/a")?.id, 3);
  assert.is(mountOn(entries, "/a/b"), undefined);
});

test("the root of a table whose parents are not shown is found", () => {
  const entries = parseMounts("50 40 0:1 / / ro - ext4 x rw\n51 50 0:2 / /proc rw - proc p rw\n") ?? [];
  assert.is(mountAt(entries, "/proc/x")?.id, 51);
  assert.is(mountAt([], "/"), undefined);
});

test("a table whose parents go round ends", () => {
  const entries = parseMounts("1 1 0:1 / / rw - ext4 x rw\n2 1 0:1 / /a rw - ext4 x rw\n") ?? [];
  assert.is(mountAt(entries, "/a/b")?.id, 2);
});

test("a stat answer is eight words", () => {
  assert.equal(parseStat("char 666 0 5 6 7 8 1:3\n"), {
    type: "char",
    mode: 0o666,
    uid: 0,
    gid: 5,
    device: "6",
    inode: "7",
    size: 8,
    deviceNumber: "1:3",
  });
  for (const text of [
    "",
    "file 644 0 0 1 2 3",
    "door 644 0 0 1 2 3 0:0",
    "file 999 0 0 1 2 3 0:0",
    "file 644 -1 0 1 2 3 0:0",
  ]) {
    assert.is(parseStat(text), undefined, text);
  }
});

test("words end with NUL, lines with LF", () => {
  assert.equal(nulWords(""), []);
  assert.equal(nulWords("\0"), [""]);
  assert.equal(nulWords("a\0\0b\0"), ["a", "", "b"]);
  assert.equal(nulWords("a\0b"), ["a", "b"]);
  assert.equal(lines("a\n\nb\n"), ["a", "b"]);
});

test("limits, maps and tables of another form are none", () => {
  assert.is(parseLimits("nothing"), undefined);
  assert.is(parseIdMap("0 0"), undefined);
  assert.equal(parseIdMap("\n"), []);
  assert.is(parseInterfaces("lo: 1\n"), undefined);
  assert.is(parseRoutes("eth0\t0\n"), undefined);
});

test("results have names", () => {
  assert.is(resultName(-30), "EROFS");
  assert.is(resultName(-133), "errno 133");
  assert.is(resultName(3), "3");
});
