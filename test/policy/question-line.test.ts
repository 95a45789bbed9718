import { questionLine } from "../../src/policy/question-line.ts";
import { assert, test } from "../suite.ts";

test("a question is one line: where, what, arguments", () => {
  assert.is(questionLine({ on: "cell", ask: "status" }), "cell status");
  assert.is(questionLine({ on: "host", ask: "stat", path: "/etc/hosts" }), "host stat /etc/hosts");
  assert.is(questionLine({ on: "cell", ask: "call", call: "fsync" }), "cell call fsync");
  assert.is(questionLine({ on: "cell", ask: "call", call: "kill", argument: "12" }), "cell call kill 12");
});

test("an argument is bytes, percent-encoded but for a plain set", () => {
  const line = (path: string): string => questionLine({ on: "cell", ask: "stat", path });
  assert.is(line("/a b"), "cell stat /a%20b");
  assert.is(line("/a%20b"), "cell stat /a%2520b");
  assert.is(line("/é\n'$(x)"), "cell stat /%C3%A9%0A%27%24%28x%29");
  assert.is(line(""), "cell stat %");
});

test("different questions have different lines", () => {
  const paths = ["/a", "/a ", "/a%20", "", "%", "/A", "/a/"];
  const lines = paths.flatMap((path) => [
    questionLine({ on: "cell", ask: "stat", path }),
    questionLine({ on: "host", ask: "stat", path }),
    questionLine({ on: "cell", ask: "list", path }),
    questionLine({ on: "cell", ask: "call", call: "create", argument: path }),
  ]);
  assert.is(new Set(lines).size, lines.length);
});
