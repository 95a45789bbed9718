import { mergePatch } from "../../src/json/merge-patch.ts";
import type { Json } from "../../src/json/value.ts";
import { findingCodes } from "../../src/oci/finding-codes.ts";
import { validateConfig } from "../../src/oci/validate.ts";
import { assert, test } from "../suite.ts";
import { acrossRows } from "./rows/across.ts";
import { configRows } from "./rows/config.ts";
import { linuxRows } from "./rows/linux.ts";
import { mountRows } from "./rows/mounts.ts";
import { processRows } from "./rows/process.ts";
import { resourceRows } from "./rows/resources.ts";
import { base } from "./rows/row.ts";
import { seccompRows } from "./rows/seccomp.ts";

const rows = [configRows, processRows, mountRows, linuxRows, resourceRows, seccompRows, acrossRows].flat();

/** The findings in short: `code pointer`. */
const found = (config: Json): readonly string[] =>
  validateConfig(config).map(({ code, pointer }) => `${code} ${pointer}`);

for (const { title, code, at, bad, good } of rows) {
  test(`${code}: ${title}, and a neighbour that is fine`, () => {
    assert.equal(found(mergePatch(base, bad)), [`${code} ${at}`]);
    assert.equal(found(mergePatch(base, good)), []);
  });
}

test("every code has a row that shows it", () => {
  const shown = new Set<string>(rows.map(({ code }) => code));
  assert.equal(
    Object.keys(findingCodes).filter((code) => !shown.has(code)),
    [],
  );
});

test("the base config is fine", () => {
  assert.equal(validateConfig(base), []);
});

test("a finding has level, code, pointer and a sentence that says what was expected", () => {
  const config = mergePatch(base, { process: { cwd: "a" }, mounts: [{ destination: "b", type: "tmpfs" }] });
  assert.equal(validateConfig(config), [
    {
      level: "error",
      code: "relative-path",
      pointer: "/process/cwd",
      message: 'expected an absolute path, found "a"',
    },
    {
      level: "warning",
      code: "relative-destination",
      pointer: "/mounts/0/destination",
      message: 'expected an absolute path, found "b", which means one below /',
    },
  ]);
});

test("a misspelt word gets a suggestion, a strange one the choice", () => {
  const message = (patch: Json): string | undefined => validateConfig(mergePatch(base, patch))[0]?.message;
  assert.is(
    message({ process: { noNewPrivilege: true } }),
    'unknown key "noNewPrivilege"; did you mean "noNewPrivileges"?',
  );
  assert.is(message({ root: { uuid: 1 } }), 'unknown key "uuid"; expected one of path, readonly');
  assert.is(
    message({ linux: { namespaces: [{ type: "networks" }] } }),
    'unknown namespace type "networks"; did you mean "network"?',
  );
  assert.match(
    message({ process: { capabilities: { bounding: ["ALL"] } } }) ?? "",
    "expected one such as CAP_CHOWN, CAP_DAC_OVERRIDE",
  );
});

test("a long value is cut short in the message", () => {
  const [finding] = validateConfig(mergePatch(base, { ociVersion: "x".repeat(1000) }));
  assert.ok(finding !== undefined && finding.message.length < 160, finding?.message);
});

test("anything but an object is one finding", () => {
  for (const value of [null, [], "x", 1, 1n, true] as const) assert.equal(found(value), ["wrong-type "]);
});

test("parts of a wrong type never hide the findings about others", () => {
  const config = {
    ociVersion: 1,
    root: [],
    process: "x",
    mounts: [1],
    hostname: {},
    linux: { namespaces: {}, sysctl: 3, devices: [[]] },
  };
  assert.equal(found(config), [
    "wrong-type /ociVersion",
    "wrong-type /root",
    "wrong-type /process",
    "wrong-type /mounts/0",
    "wrong-type /hostname",
    "wrong-type /linux/namespaces",
    "wrong-type /linux/sysctl",
    "wrong-type /linux/devices/0",
  ]);
});

test("many mounts on many paths are judged in reasonable time", () => {
  const mounts = Array.from({ length: 50_000 }, (_, index) => ({ destination: `/a/${index}`, type: "tmpfs" }));
  assert.is(found(mergePatch(base, { mounts: [...mounts, { destination: "/a", type: "tmpfs" }] })).length, 50_000);
});
