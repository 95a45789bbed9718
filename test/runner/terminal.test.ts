import { shellQuote } from "../../runner/report/shell-quote.ts";
import { cut, displayWidth, padEnd } from "../../runner/terminal/display-width.ts";
import { isLive } from "../../runner/terminal/is-live.ts";
import type { Output } from "../../runner/terminal/terminal.ts";
import { wantsColor } from "../../runner/terminal/wants-color.ts";
import { wrap } from "../../runner/terminal/wrap.ts";
import { assert, test } from "../suite.ts";

test("width counts columns: wide characters two, combining ones and colours none", () => {
  assert.is(displayWidth("abc"), 3);
  assert.is(displayWidth("日本"), 4);
  assert.is(displayWidth("e\u0301"), 1);
  assert.is(displayWidth("🙂"), 2);
  assert.is(displayWidth("\u001b[31mred\u001b[39m"), 3);
  assert.is(padEnd("日", 4), "日  ");
});

test("cutting never splits a character and stays within the width", () => {
  assert.is(cut("abcdef", 6), "abcdef");
  assert.is(cut("abcdef", 4), "abc…");
  assert.is(cut("日本語", 4), "日…");
  assert.is(cut("🙂🙂", 3), "🙂…");
});

test("text is broken at spaces, and a long word stands whole on its line", () => {
  assert.is(wrap("one two three", 8, "", ""), "one two\nthree");
  assert.is(wrap("one two three", 9, "- ", "  "), "- one two\n  three");
  assert.is(wrap("a /very/long/path b", 6, "", ""), "a\n/very/long/path\nb");
  assert.is(wrap("", 6, "- ", "  "), "- ");
});

test("a line that will be written over is for terminals that somebody watches", () => {
  const output = (isTTY: boolean): Output => ({ write: () => {}, drain: () => Promise.resolve(), isTTY, columns: 80 });
  assert.is(isLive(output(true), {}), true);
  assert.is(isLive(output(false), {}), false);
  assert.is(isLive(output(true), { TERM: "dumb" }), false);
  assert.is(isLive(output(true), { CI: "true" }), false);
});

test("colour follows the option, then NO_COLOR, then FORCE_COLOR, then the terminal", () => {
  const output = (isTTY: boolean): Output => ({ write: () => {}, drain: () => Promise.resolve(), isTTY, columns: 80 });
  assert.is(wantsColor(output(true), {}, undefined), true);
  assert.is(wantsColor(output(false), {}, undefined), false);
  assert.is(wantsColor(output(true), { TERM: "dumb" }, undefined), false);
  assert.is(wantsColor(output(true), { NO_COLOR: "1", FORCE_COLOR: "1" }, undefined), false);
  assert.is(wantsColor(output(true), { NO_COLOR: "" }, undefined), true);
  assert.is(wantsColor(output(false), { FORCE_COLOR: "1" }, undefined), true);
  assert.is(wantsColor(output(true), { FORCE_COLOR: "0" }, undefined), false);
  assert.is(wantsColor(output(false), { NO_COLOR: "1" }, true), true);
  assert.is(wantsColor(output(true), { FORCE_COLOR: "1" }, false), false);
});

test("a word for the shell is quoted only when it has to be", () => {
  assert.is(shellQuote("snix/mounts/a"), "snix/mounts/a");
  assert.is(shellQuote(""), "''");
  assert.is(shellQuote("it's $HOME"), "'it'\\''s $HOME'");
});
