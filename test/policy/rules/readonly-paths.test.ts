import type { Answer } from "../../../src/policy/answer.ts";
import { readonlyPaths } from "../../../src/policy/rules/readonly-paths.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, missing, unable, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const config = configWith({ linux: { readonlyPaths: ["/proc/sys", "/proc/bus", "/own"] } });
const dir = "dir 555 0 0 5 1 0 0:0";
const on = (
  path: string,
  witness: string,
  stat: string | Answer,
  open: number | Answer,
  table: string | Answer,
  exists = 0,
  host: string | Answer = missing,
): string =>
  verdict(readonlyPaths, config, `readonly:${path}`, {
    [`cell stat ${path}`]: stat,
    [`cell call open-write ${witness}`]: open,
    [`cell call access-exist ${path}`]: exists,
    [`host stat ${path}`]: host,
    "cell mounts": table,
  });
const sys = (open: number | Answer, table: string | Answer, stat: string | Answer = dir): string =>
  on("/proc/sys", "/proc/sys/kernel/domainname", stat, open, table);

const protectedTable = mountLines(["/proc"], ["/proc/sys", "ro,relatime", "proc"]);
const open = mountLines(["/proc"]);

test("every sensitive path and every configured one has a value", () => {
  assert.is(valueIn(readonlyPaths, config, "readonly:/proc/sys"), "read-only");
  assert.is(valueIn(readonlyPaths, config, "readonly:/own"), "read-only");
  assert.is(valueIn(readonlyPaths, config, "readonly:/proc/irq"), "writable");
  assert.equal(asked(readonlyPaths, config, "readonly:/proc/irq"), []);
});

test("a file below it opens for writing or it does not", () => {
  assert.is(sys(-30, protectedTable), "holds");
  assert.is(sys(-30, missing), "holds");
  assert.is(sys(3, protectedTable), "violated");
});

test("where permissions answer first the mount table decides", () => {
  assert.is(sys(-13, protectedTable), "holds");
  assert.is(sys(-13, open), "violated");
  assert.is(sys(unable, protectedTable), "holds");
  assert.is(sys(unable, open), "violated");
  assert.is(sys(-13, missing), "not-observable");
});

test("a directory without a witness is judged by what covers it", () => {
  const bus = (table: string): string => on("/proc/bus", "/proc/bus", dir, -21, table);
  assert.is(bus(mountLines(["/proc"], ["/proc/bus", "ro", "proc"])), "holds");
  assert.is(bus(mountLines(["/proc", "ro", "proc"])), "holds");
  assert.is(bus(mountLines(["/proc"], ["/proc/bus", "rw", "proc"])), "violated");
});

test("what is absent needs no protection, and that is no proof of it unless the host has it", () => {
  assert.is(sys(-2, protectedTable, missing), "not-observable");
  assert.is(on("/proc/bus", "/proc/bus", missing, -2, open, -2, dir), "holds");
  assert.is(on("/proc/bus", "/proc/bus", missing, -2, open, -2, missing), "not-observable");
});

test("to open is weaker", () => {
  assert.is(readonlyPaths.compare("read-only", "writable"), "weaker");
  assert.is(readonlyPaths.compare("read-only", "absent"), "weaker");
});
