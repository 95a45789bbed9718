import { encodeUtf8 } from "../../../src/bytes/utf8.ts";
import type { Json } from "../../../src/json/value.ts";
import { memoryHost } from "../../../src/suite/memory-host.ts";
import { parseRequest } from "../../../src/systems/metalor/read-request.ts";
import { Rejection } from "../../../src/systems/rejection.ts";
import { assert, test } from "../../suite.ts";
import { faults, start } from "./request-faults.ts";
import { cell, refusal, run } from "./run.ts";

const prefix = "failed to parse build cell request: ";

/** What is said of `document`; empty when it is accepted. */
function faultOf(document: string | Uint8Array): string {
  try {
    parseRequest(typeof document === "string" ? encodeUtf8(document) : document);
    return "";
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    assert.ok(error.message.startsWith(prefix), error.message);
    return error.message.slice(prefix.length);
  }
}

test("every fault has the words and the place that the real library gives it", () => {
  assert.ok(faults.length > 80);
  for (const [document, fault] of faults) assert.is(faultOf(document.replace("@", start)), fault, document);
});

test("structs may be lists in the order of their fields, and only defaults may be left out at their end", () => {
  const list =
    '["/r","/s","/w",{"Archive":"/a.tar"},[["/i","/d"]],[],[],["/w","sh"],[["A","1"]],"Disabled",[1,null,3]]';
  assert.equal(
    parseRequest(encodeUtf8(list)),
    cell({
      root: "/r",
      scratch: "/s",
      workspaceSeed: { Archive: "/a.tar" },
      imports: [{ source: "/i", destination: "/d" }],
      command: { cwd: "/w", executable: "sh", argv: [] },
      env: [["A", "1"]],
      network: "Disabled",
      limits: { cpuTimeSeconds: 1, memoryBytes: null, maxProcesses: 3 },
    }),
  );
});

test("a variant without a value may be an object that holds null", () => {
  const { network, cleanup } = parseRequest(
    encodeUtf8(`${start},"network":{"Disabled":null},"cleanup":{"Never": null }}`),
  );
  assert.equal([network, cleanup], ["Disabled", "Never"]);
});

test("limits are exact up to 2^64 - 1", () => {
  const { limits } = parseRequest(
    encodeUtf8(
      `${start},"limits":{"memory_bytes":18446744073709551615,"max_processes":9007199254740993,"cpu_time_seconds":0}}`,
    ),
  );
  assert.equal(limits, { cpuTimeSeconds: 0, memoryBytes: 18446744073709551615n, maxProcesses: 9007199254740993n });
});

test("lines are counted from one and columns in bytes", () => {
  assert.is(faultOf('{\n"root": "é✓",\n  "root"'), "duplicate field `root` at line 3 column 8");
  assert.is(faultOf('"é'), "EOF while parsing a string at line 1 column 3");
});

test("bytes that are no UTF-8 are noticed at the end of a string that is wanted, and nowhere else", () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  assert.is(faultOf(bytes('{"root":"a\xff\\n","x":')), "invalid unicode code point at line 1 column 14");
  assert.is(faultOf(bytes('{"\xc3":')), "invalid unicode code point at line 1 column 4");
  assert.is(faultOf(bytes('{"x":"\xff"}')), "missing field `root` at line 1 column 9");
});

test("hostile documents are read without recursion and without great numbers", () => {
  const deep = "[".repeat(1_000_000);
  assert.is(faultOf(`{"x":${deep}`), "EOF while parsing a list at line 1 column 1000005");
  assert.is(faultOf(`{"x":${deep}${"]".repeat(1_000_000)}}`), "missing field `root` at line 1 column 2000006");
  const digits = "9".repeat(1_000_000);
  assert.is(faultOf(`{"limits":[${digits}]}`), "number out of range at line 1 column 1000011");
  assert.is(
    faultOf(`{"limits":[1e-${digits}]}`),
    "invalid type: floating point `0`, expected u64 at line 1 column 1000014",
  );
  assert.is(
    faultOf(`{"limits":[0.${digits}]}`),
    "invalid type: floating point `1`, expected u64 at line 1 column 1000013",
  );
  assert.is(faultOf(`{"root":"${"\\n".repeat(300_000)}`), "EOF while parsing a string at line 1 column 600009");
});

test("names are compared whole, and none is found in a prototype", () => {
  assert.is(faultOf(`${start},"__proto__":{},"constructor":1}`), "");
  assert.match(faultOf(`${start},"network":"constructor"}`), "unknown variant `constructor`");
  assert.match(faultOf(`${start},"network":{"__proto__":null}}`), "unknown variant `__proto__`");
});

test("what is written is read again, numbers above 2^53 and strange text included", () => {
  const spec = cell({
    workspaceSeed: { SnapshotDir: '/a\n"\\\u0001\u007f\u2028é😀' },
    caches: [{ source: "/c", destination: "/d" }],
    env: [
      ["A", ""],
      ["A", "2"],
    ],
    limits: { cpuTimeSeconds: null, memoryBytes: 18446744073709551615n, maxProcesses: 0 },
    cleanup: "PreserveOnFailure",
  });
  const host = memoryHost();
  const path = "/tmp/deep/er/request.json";
  run("writeRequest", { path, spec: spec as unknown as Json }, {}, host);
  assert.equal(run("readRequest", { path }, {}, host), spec as unknown as Json);
});

test("a file that cannot be read says why, with its path", () => {
  const host = memoryHost({ tree: [{ path: "/d", type: "dir" }] });
  const words = (path: string): string => refusal("readRequest", { path }, host);
  assert.is(words("/d"), "failed to read build cell request /d: Is a directory (os error 21)");
  assert.is(words("/d/x"), "failed to read build cell request /d/x: No such file or directory (os error 2)");
  assert.is(words("/a\0b"), "failed to read build cell request /a\0b: file name contained an unexpected NUL byte");
});
