import { streams } from "../../../src/policy/rules/streams.ts";
import { assert, test } from "../../suite.ts";
import { configWith, judge, missing, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const on = configWith({ process: { terminal: true } });
const off = configWith();
const own = mountLines(["/dev/console"]);
const none = mountLines();
const given = (words: string, mounts: string): { [line: string]: string } => ({
  "cell terminal": words,
  "cell mounts": mounts,
});

test("a terminal is one on all three streams, with a console", () => {
  assert.is(verdict(streams, on, "terminal", given("yes yes yes", own)), "holds");
  assert.is(verdict(streams, on, "terminal", given("no yes yes", own)), "violated");
  assert.is(verdict(streams, on, "terminal", given("no no no", none)), "violated");
});

test("the caller's terminal, handed through, is not the cell's own", () => {
  assert.is(verdict(streams, on, "terminal", given("yes yes yes", none)), "violated");
});

test("without a terminal no stream is one", () => {
  assert.is(verdict(streams, off, "terminal", given("no no no", none)), "holds");
  assert.is(verdict(streams, off, "terminal", given("yes no no", none)), "violated");
  assert.is(verdict(streams, off, "terminal", given("no no no", own)), "violated");
});

test("streams that are not shown tell nothing", () => {
  assert.is(verdict(streams, off, "terminal", given("", none)), "not-observable");
  assert.is(verdict(streams, off, "terminal", { "cell terminal": missing, "cell mounts": none }), "not-observable");
  assert.is(
    verdict(streams, off, "terminal", { "cell terminal": "no no no", "cell mounts": missing }),
    "not-observable",
  );
});

test("a standard stream that is a file or a directory is none", () => {
  const is = (target: string): string =>
    verdict(streams, off, "descriptors", { "cell descriptors": `0 pipe:[1]\n1 socket:[2]\n2 ${target}\n` });
  for (const target of ["host:[1]", "/dev/pts/0", "/0", "/dev/console", "/dev/null"]) assert.is(is(target), "holds");
  for (const target of ["/", "/etc/shadow", "/dev/sda", "/dev/pts/0 (deleted)"]) assert.is(is(target), "violated");
});

test("three descriptors are open and no fourth", () => {
  const is = (text: string): string => verdict(streams, off, "descriptors", { "cell descriptors": text });
  assert.is(is("0 pipe:[1]\n1 pipe:[2]\n2 pipe:[2]\n"), "holds");
  assert.is(is("2 pipe:[2]\n0 pipe:[1]\n1 pipe:[2]\n"), "holds");
  assert.is(is("0 pipe:[1]\n1 pipe:[2]\n"), "violated");
  assert.is(is(""), "violated");
  assert.equal(judge(streams, off, "descriptors", { "cell descriptors": "0 a\n1 b\n2 c\n7 /etc\n" }), {
    is: "violated",
    seen: ["0 a", "1 b", "2 c", "7 /etc"],
  });
  assert.is(verdict(streams, off, "descriptors", { "cell descriptors": missing }), "not-observable");
});
