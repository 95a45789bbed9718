import type { Answer } from "../../../src/policy/answer.ts";
import { visibility } from "../../../src/policy/rules/visibility.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, facts, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const own = configWith();
const shared = configWith({ linux: { namespaces: [{ type: "mount" }] } });

const processes = (cell: string | Answer, host: string | Answer = "4711\n"): string =>
  verdict(visibility, own, "visibility:processes", {
    "cell processes cupel-token-5f3a": cell,
    "host processes cupel-token-5f3a": host,
  });
const signals = (
  cell: number | Answer,
  command: string | Answer = missing,
  host: number | Answer = 0,
  namespace = "pid:[1]",
): string =>
  verdict(visibility, own, "visibility:signals", {
    "cell link /proc/self/ns/pid": namespace,
    "host link /proc/self/ns/pid": "pid:[1]",
    "cell call kill 4711": cell,
    "cell read /proc/4711/cmdline": command,
    "host call kill 4711": host,
  });

test("what is seen follows the pid namespace and what is mounted on /proc", () => {
  assert.is(valueIn(visibility, own, "visibility:processes"), "unseen");
  assert.is(valueIn(visibility, shared, "visibility:processes"), "seen");
  assert.is(valueIn(visibility, shared, "visibility:signals"), "within-reach");
  const bound = configWith({ mounts: [{ destination: "/proc", type: "bind", source: "/proc", options: ["rbind"] }] });
  assert.is(valueIn(visibility, bound, "visibility:processes"), "seen");
  assert.is(valueIn(visibility, bound, "visibility:signals"), "out-of-reach");
  const other = configWith({ mounts: [{ destination: "/proc", type: "bind", source: "proc", options: ["rbind"] }] });
  assert.is(valueIn(visibility, other, "visibility:processes"), "by-mount");
  assert.equal(asked(visibility, other, "visibility:processes"), []);
  assert.equal(asked(visibility, shared, "visibility:signals"), []);
});

test("where the host's processes are to be seen, a cell that sees none is not as promised", () => {
  const seen = (cell: string | Answer, host = "4711\n"): string =>
    verdict(visibility, shared, "visibility:processes", {
      "cell processes cupel-token-5f3a": cell,
      "host processes cupel-token-5f3a": host,
    });
  assert.is(seen("4711\n"), "holds");
  assert.is(seen(""), "violated");
  assert.is(seen(missing), "not-observable");
  assert.is(seen("4711\n", ""), "broken");
});

test("no process of the host is seen", () => {
  assert.is(processes(""), "holds");
  assert.is(processes("12\n13\n"), "violated");
  assert.is(processes(missing), "not-observable");
});

test("a host that does not see its own process proves nothing", () => {
  assert.is(processes("", ""), "broken");
  assert.is(processes("", missing), "broken");
});

test("no process of the host is reached by a signal", () => {
  assert.is(signals(-3), "holds");
  assert.is(signals(0, `sleep\0${facts.token}\0`), "violated");
  assert.is(signals(-1, `sleep\0${facts.token}\0`), "violated");
  assert.is(signals(unable), "not-observable");
});

test("a process of the cell's own with that number is not the host's", () => {
  assert.is(signals(0, "sh\0"), "not-observable");
  assert.is(signals(0, missing), "not-observable");
  assert.is(
    signals(0, `sleep\0${facts.token}\0`, 0, "pid:[2]"),
    "not-observable",
    "the host's /proc in another namespace",
  );
});

test("a signal that the host cannot send proves nothing", () => {
  assert.is(signals(-3, missing, -3), "broken");
  assert.is(signals(-3, missing, unable), "not-observable");
});

test("to see and to reach are weaker", () => {
  assert.is(visibility.compare("unseen", "seen"), "weaker");
  assert.is(visibility.compare("unseen", "by-mount"), "weaker");
  assert.is(visibility.compare("within-reach", "out-of-reach"), "stronger");
});
