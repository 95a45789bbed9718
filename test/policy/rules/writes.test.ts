import type { JsonObject } from "../../../src/json/value.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import { writes } from "../../../src/policy/rules/writes.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, missing, unable, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const bind = (destination: string, source: string, ...options: readonly string[]): JsonObject => ({
  destination,
  source,
  options: ["bind", ...options],
});
const config = configWith({
  mounts: [bind("/in", "inputs/a", "ro"), bind("/out", "scratch/o"), bind("/x/y", "y"), bind("/x", "x", "rw", "ro")],
});

const dir = "dir 755 0 0 66 8 0 0:0";

const readOnly = (create: number | Answer, open: number | Answer = -21, table: string | Answer = missing): string =>
  verdict(writes, config, "write:/in", {
    "cell call create /in/.cupel-write-0": create,
    "cell call open-write /in": open,
    "host stat /work/7/bundle/inputs/a/.cupel-write-0": missing,
    "host stat /work/7/bundle/inputs/a": dir,
    "cell mounts": table,
  });
const writable = (
  create: number | Answer,
  open: number | Answer = -21,
  made: string | Answer = missing,
  source: string | Answer = dir,
): string =>
  verdict(writes, config, "write:/out", {
    "cell call create /out/.cupel-write-1": create,
    "cell call open-write /out": open,
    "host stat /work/7/bundle/scratch/o/.cupel-write-1": made,
    "host stat /work/7/bundle/scratch/o": source,
    "cell mounts": mountLines(["/out"]),
  });
const file = "file 644 0 0 66 9 0 0:0";

test("a bind is read-only, writable or hidden", () => {
  assert.equal(valueIn(writes, config, "write:/in"), { access: "read-only", source: "inputs/a" });
  assert.equal(valueIn(writes, config, "write:/out"), { access: "writable", source: "scratch/o" });
  assert.equal(valueIn(writes, config, "write:/x"), { access: "read-only", source: "x" });
  assert.is(valueIn(writes, config, "write:/x/y"), "hidden");
  assert.equal(asked(writes, config, "write:/x/y"), []);
});

test("in a read-only directory making a file fails with EROFS", () => {
  assert.is(readOnly(-30), "holds");
  assert.is(readOnly(3), "violated");
  assert.is(readOnly(-13), "not-observable");
  assert.is(readOnly(-1), "not-observable");
  assert.is(readOnly(-2), "not-observable");
});

test("where permissions refuse, the mount table decides about what is to be read-only", () => {
  const ro = mountLines(["/in", "ro,relatime"]);
  const rw = mountLines(["/in"]);
  for (const [create, open] of [[-13, -21] as const, [-1, -21] as const, [-20, -13] as const]) {
    assert.is(readOnly(create, open, ro), "holds");
    assert.is(readOnly(create, open, rw), "violated");
    assert.is(readOnly(create, open, mountLines()), "not-observable");
    assert.is(readOnly(create, open, missing), "not-observable");
  }
  assert.is(readOnly(-28, -21, ro), "not-observable");
});

test("in a writable directory a file is made, and the host finds it below the source", () => {
  assert.is(writable(3, -21, file), "holds");
  assert.is(writable(3, -21, missing), "violated");
  assert.is(writable(3, -21, "symlink 777 0 0 66 9 0 0:0"), "violated");
  assert.is(writable(3, -21, missing, missing), "not-observable");
  assert.is(writable(3, -21, unable), "not-observable");
  assert.is(writable(-30), "violated");
  assert.is(writable(-13), "not-observable");
});

test("a file is judged by opening it", () => {
  assert.is(readOnly(-20, -30), "holds");
  assert.is(readOnly(-20, 3), "violated");
  assert.is(readOnly(-20, -13), "not-observable");
  assert.is(readOnly(-20, -26), "not-observable");
  assert.is(writable(-20, 3), "holds");
  assert.is(writable(-20, -30), "violated");
  assert.is(readOnly(-20, unable), "not-observable");
});

test("without an attempt nothing is said", () => {
  assert.is(readOnly(unable), "not-observable");
  assert.is(writable(missing, missing, file), "not-observable");
});

test("two binds of one directory do not make the same file", () => {
  const twice = configWith({ mounts: [bind("/a", "s"), bind("/b", "s")] });
  const made = ["write:/a", "write:/b"].flatMap((subject) =>
    asked(writes, twice, subject).filter((line) => /^host .*cupel-write/.test(line)),
  );
  assert.is(new Set(made).size, 2);
});

test("becoming writable is weaker, and so is leaving the bundle", () => {
  const open = { access: "writable", source: "a" };
  const closed = { access: "read-only", source: "a" };
  assert.is(writes.compare(closed, open), "weaker");
  assert.is(writes.compare("absent", open), "weaker");
  assert.is(writes.compare("absent", closed), "same");
  assert.is(writes.compare("hidden", closed), "same");
  assert.is(writes.compare(open, { access: "writable", source: "b" }), "same");
  for (const source of ["/srv/cache", "../cache", "a/../../cache"]) {
    const outside = { access: "writable", source };
    assert.is(writes.compare(open, outside), "weaker", source);
    assert.is(writes.compare(outside, open), "stronger", source);
    assert.is(writes.compare(outside, closed), "stronger", source);
    assert.is(writes.compare(outside, { access: "writable", source: "/srv/other" }), "same", source);
  }
});
