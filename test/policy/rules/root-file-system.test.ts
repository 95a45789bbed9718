import type { Answer } from "../../../src/policy/answer.ts";
import { rootFileSystem } from "../../../src/policy/rules/root-file-system.ts";
import { assert, test } from "../../suite.ts";
import { configWith, missing, unable, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const readOnly = configWith({ root: { readonly: true } });
const writable = configWith({ root: { readonly: false } });
const ro = mountLines(["/", "ro,relatime"]);
const rw = mountLines();

const is = (config: typeof readOnly, create: number | Answer, mounts: string | Answer): string =>
  verdict(rootFileSystem, config, "root", { "cell call create /.cupel-write-root": create, "cell mounts": mounts });

test("a root is writable unless it is said to be read-only", () => {
  assert.is(valueIn(rootFileSystem, configWith({ root: { readonly: null } }), "root"), "writable");
  assert.is(valueIn(rootFileSystem, readOnly, "root"), "read-only");
});

test("a mount on the root takes its place", () => {
  const mounts = [{ destination: "/", type: "none", source: "scratch", options: ["rbind", "rw"] }];
  assert.is(valueIn(rootFileSystem, configWith({ root: { readonly: true }, mounts }), "root"), "writable");
});

test("read-only holds when making a file fails with EROFS", () => {
  assert.is(is(readOnly, -30, ro), "holds");
  assert.is(is(readOnly, -30, missing), "holds");
  assert.is(is(readOnly, 3, ro), "violated");
});

test("a refusal by permission counts with the mount table only", () => {
  assert.is(is(readOnly, -13, ro), "holds");
  assert.is(is(readOnly, -13, mountLines(["/", "rw", "overlay", "ro"])), "holds");
  assert.is(is(readOnly, -13, rw), "violated");
  assert.is(is(readOnly, -13, missing), "not-observable");
  assert.is(is(readOnly, -28, ro), "not-observable");
});

test("writable holds when a file can be made", () => {
  assert.is(is(writable, 3, rw), "holds");
  assert.is(is(writable, -30, ro), "violated");
  assert.is(is(writable, -13, rw), "not-observable");
});

test("without an attempt nothing is said", () => {
  assert.is(is(readOnly, unable, ro), "not-observable");
  assert.is(is(writable, missing, rw), "not-observable");
});
