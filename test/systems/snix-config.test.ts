import { atPointer } from "../../src/json/pointer.ts";
import { printCompact } from "../../src/json/print.ts";
import { isArray, isObject, type Json } from "../../src/json/value.ts";
import { validateConfig } from "../../src/oci/validate.ts";
import { snix } from "../../src/systems/snix/system.ts";
import { assert, test } from "../suite.ts";
import { misfit, options, refusal, run, withHost } from "./snix-run.ts";

test("the example gives a config without findings", () => {
  const { request, options: settings } = snix.example;
  assert.equal(validateConfig(run("config", request, settings)), []);
});

test("keys stand in upstream's order", () => {
  const config = run("config", {}, options);
  assert.ok(isObject(config));
  assert.equal(Object.keys(config), ["ociVersion", "root", "mounts", "process", "hostname", "annotations", "linux"]);
  assert.match(printCompact(config), /"process":\{"terminal":true,"user":.*,"args":\[\],"env":\[\],"cwd":"\/"/);
  assert.match(printCompact(config), /"uidMappings":\[\{"hostID":7,"containerID":0,"size":1\},\{"hostID":500,/);
});

test("a request that leaves its members out is the empty request", () => {
  const empty = { inputs: [], commandArgs: [], workingDir: "", scratchPaths: [], inputsDir: "", constraints: null };
  assert.equal(run("config", {}, options), run("config", empty, options));
});

test("input names in base64 that are UTF-8 stand among the others in byte order", () => {
  const inputs = ["\u{10000}", { nameBase64: "w7w=" }, { name: "\uffee" }, "z", "ü"];
  assert.equal(destinations({ inputs }).slice(8), ["/z", "/ü", "/\uffee", "/\u{10000}"]);
});

test("of several inputs that are not UTF-8 the first in byte order aborts", () => {
  const inputs = [{ nameBase64: "/w==" }, { nameBase64: "YeKC" }, "a"];
  assert.is(
    refusal("config", { inputs }, options),
    "invalid input name: Utf8Error { valid_up_to: 1, error_len: None }",
  );
});

test("a value that ends inside a sequence has no length of the fault", () => {
  const environmentVars = [{ key: "A", valueBase64: "eOKC" }];
  assert.is(
    refusal("config", { environmentVars }, options),
    "invalid string in env: FromUtf8Error { bytes: [120, 226, 130], error: Utf8Error { valid_up_to: 1, error_len: None } }",
  );
});

test("a base64 value that is UTF-8 is as good as text, a byte order mark included", () => {
  const environmentVars = [{ key: "A", valueBase64: "77u/eA==" }, { key: "B" }];
  assert.equal(atPointer(run("config", { environmentVars }, options), "/process/env"), ["A=\ufeffx", "B="]);
});

test("read-only paths keep their first spelling, and parent segments make other paths", () => {
  const availableReadOnlyPaths = ["/b/./c/", "/b/c", "./b/c", "b/c", "/b/x/../c", "/\u{10000}", "/\uffee"];
  const paths = destinations({ constraints: { availableReadOnlyPaths } }).slice(8);
  assert.equal(paths, ["./b/c", "/b/./c/", "/b/x/../c", "/\uffee", "/\u{10000}", "b/c"]);
});

test("a directory in place of a file, and a line that is not UTF-8, are told in Rust's words", () => {
  assert.is(
    refusal("config", {}, withHost({ subuidFile: { directory: true } })),
    'subordinate error: io error Os { code: 21, kind: IsADirectory, message: "Is a directory" }, file /etc/subuid',
  );
  assert.is(
    refusal("config", {}, withHost({ subgidFile: { contentsBase64: "/wo=" } })),
    'subordinate error: io error Error { kind: InvalidData, message: "stream did not contain valid UTF-8" }, file /etc/subgid',
  );
});

test("the older revision looks for the group by its name and id, and names it when it is missing", () => {
  const older = { revision: "6118142b" };
  assert.is(
    refusal("config", {}, withHost({}, older)),
    "subordinate error: Missing entry in /etc/subgid, for robots(8)",
  );
  const ids = run("subordinateIds", {}, { host: withHost({ subgidFile: "7:1:1\n8:2:1\n" })["host"] ?? null, ...older });
  assert.is(atPointer(ids, "/subgid"), 2);
});

test("what does not fit is refused with a pointer, before anything else", () => {
  assert.is(misfit("config", { commandArgs: ["a", 1] }, options), "/request/commandArgs/1");
  assert.is(misfit("config", { constraints: { minMemory: "x" } }, options), "/request/constraints/minMemory");
  assert.is(misfit("config", { constraints: { minMemory: 2n ** 64n } }, options), "/request/constraints/minMemory");
  assert.is(misfit("config", { inputs: ["a", "b/c"] }, options), "/request/inputs/1");
  assert.is(misfit("config", { workingDir: "\ud800" }, options), "/request/workingDir");
  assert.is(
    misfit("config", { environmentVars: [{ key: "A", value: "", valueBase64: "" }] }, options),
    "/request/environmentVars/0",
  );
  assert.is(misfit("config", { ignore: 1 }, options), "/request/ignore");
  assert.is(misfit("config", {}, withHost({}, { revision: "head" })), "/options/revision");
  assert.is(misfit("config", {}, withHost({ uid: -1 })), "/options/host/uid");
});

function destinations(request: Json): readonly (Json | undefined)[] {
  const mounts = atPointer(run("config", request, options), "/mounts");
  return isArray(mounts) ? mounts.map((mount) => (isObject(mount) ? mount["destination"] : undefined)) : [];
}
