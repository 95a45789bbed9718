import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { readLines } from "../../runner/adapter/read-lines.ts";
import { longestMessage } from "../../runner/adapter/rpc.ts";
import { dataRoot } from "../../runner/load/data-root.ts";
import { loadCases } from "../../runner/load/load-cases.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import { needsJail } from "../../src/suite/needs-jail.ts";
import { assert, test } from "../suite.ts";
import { nameOfBuild } from "./table.ts";
import { cupel } from "./terminal.ts";

/** The answers to `input`, one line each; standard error stays empty and the exit code 0. */
async function answers(input: string | Uint8Array): Promise<readonly JsonObject[]> {
  const { exit, stdout, stderr } = await cupel(["serve"], { stdin: input });
  assert.is(exit, 0);
  assert.is(stderr, "");
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const answer = parseJson(line);
      if (!isObject(answer)) throw new Error(`no object: ${line}`);
      assert.is(answer["jsonrpc"], "2.0");
      return answer;
    });
}

async function errorOf(line: string): Promise<{ readonly id: Json | undefined; readonly error: JsonObject }> {
  const all = await answers(`${line}\n`);
  assert.is(all.length, 1);
  const { id, error } = all[0] ?? {};
  if (!isObject(error)) throw new Error(`no error for ${line}`);
  return { id, error };
}

const request = (method: string, params: string, id = "1"): string =>
  `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`;
const scratch = '{"system":"snix","operation":"scratchName","request":{"path":"build"}}';
const build =
  '{"inputs":[],"commandArgs":["/bin/sh"],"workingDir":"build","scratchPaths":["build"],"inputsDir":"nix/store","outputs":[],"environmentVars":[],"constraints":{},"additionalFiles":[],"refscanNeedles":[]}';
const buildOptions =
  '"rootless":true,"sandboxShell":"/bin/sh","host":{"uid":1,"gid":1,"user":"b","group":"b","subuid":100000,"subgid":100000}';

test("initialize tells protocol, implementation, operations and revisions", async () => {
  const [answer] = await answers(request("initialize", '{"protocol":1}'));
  const result = answer?.["result"];
  if (!isObject(result) || !isObject(result["operations"] ?? null)) throw new Error("no result");
  assert.is(result["protocol"], 1);
  const { snix } = result["operations"] as { readonly [system: string]: readonly string[] };
  assert.ok(snix?.includes("config"));
  assert.ok(isObject(result["revisions"]));
});

test("an unknown protocol is error 3 with those that are supported", async () => {
  const { error } = await errorOf(request("initialize", '{"protocol":2}'));
  assert.is(error["code"], 3);
  assert.equal(error["data"], { supported: [1] });
});

test("generate gives the value of the operation, and ids come back as they were, of any size", async () => {
  const ids = ["7", '"seven"', "null", "123456789012345678901234567890"];
  const [...all] = await answers(ids.map((id) => request("generate", scratch, id)).join("\n"));
  assert.equal(
    all.map(({ result }) => result),
    ids.map(() => nameOfBuild),
  );
  assert.equal(
    all.map(({ id }) => id),
    [7, "seven", null, 123456789012345678901234567890n],
  );
});

test("integers beyond 2^53 go in and come out whole", async () => {
  const step =
    '{"cwd":"/","argv":["true"],"hostname":"h","user":{"uid":4611686018427387903,"gid":0},"env":[],"mounts":[],"network":[],"mountSecrets":[],"entrypoint":null}';
  const params = `{"system":"obuilder","operation":"config","request":${step},"options":{"arches":[],"configDir":"/c","resultsDir":"/r"}}`;
  const { stdout } = await cupel(["serve"], { stdin: request("generate", params) });
  assert.match(stdout, '"uid":4611686018427387903,');
});

test("a refusal is error 1 with upstream's text and our code", async () => {
  const params = '{"system":"obuilder","operation":"arches","request":{"unameOutput":""}}';
  const { error } = await errorOf(request("generate", params));
  assert.is(error["code"], 1);
  assert.is(error["message"], "End_of_file");
  assert.equal(error["data"], { code: "no-machine-name", class: "End_of_file" });
});

test("an unknown system or operation is error 2, those of every object included", async () => {
  for (const params of [
    '{"system":"nix","operation":"config","request":{}}',
    '{"system":"snix","operation":"spec","request":{}}',
    '{"system":"constructor","operation":"config","request":{}}',
    '{"system":"snix","operation":"__proto__","request":{}}',
  ]) {
    assert.is((await errorOf(request("generate", params))).error["code"], 2);
  }
});

test("parameters of the wrong shape are -32602 with a pointer", async () => {
  const wrong: readonly (readonly [params: string, pointer: string])[] = [
    ['{"operation":"config","request":{}}', "/system"],
    ['{"system":"snix","operation":5,"request":{}}', "/operation"],
    ['{"system":"snix","operation":"scratchName"}', "/request"],
    ['{"system":"snix","operation":"scratchName","request":{"path":5}}', "/request/path"],
    ['{"system":"snix","operation":"scratchName","request":{"path":"a"},"options":{"x":1}}', "/options/x"],
    ['{"system":"snix","operation":"scratchName","request":{"path":"a"},"optoins":{}}', "/optoins"],
  ];
  for (const [params, pointer] of wrong) {
    const { error } = await errorOf(request("generate", params));
    assert.is(error["code"], -32602);
    assert.equal(error["data"], { pointer });
  }
  assert.is((await errorOf(request("generate", "[]"))).error["code"], -32602);
  assert.is((await errorOf(request("initialize", "{}"))).error["code"], -32602);
});

test("every negative code of JSON-RPC is used as the standard says", async () => {
  const cases: readonly (readonly [line: string, code: number, id: Json])[] = [
    ["nonsense", -32700, null],
    ['{"a":1,"a":2}', -32700, null],
    [`${"[".repeat(200_000)}`, -32700, null],
    ["5", -32600, null],
    ["[]", -32600, null],
    [`[${request("shutdown", "{}")}]`, -32600, null],
    ['{"id":4,"method":"shutdown"}', -32600, 4],
    ['{"jsonrpc":"2.0","id":4}', -32600, 4],
    ['{"jsonrpc":"2.0","id":4,"method":"x","params":5}', -32600, 4],
    ['{"jsonrpc":"2.0","id":{},"method":"shutdown"}', -32600, null],
    ['{"jsonrpc":"2.0","id":"a","method":"toString"}', -32601, "a"],
  ];
  for (const [line, code, id] of cases) {
    const got = await errorOf(line);
    assert.is(got.error["code"], code, line.slice(0, 60));
    assert.is(got.id, id);
  }
});

test("bytes that are not UTF-8 are a parse error", async () => {
  const [answer] = await answers(Uint8Array.of(0x22, 0xff, 0x22, 0x0a));
  assert.equal(answer?.["error"], { code: -32700, message: "the message is not UTF-8 text" });
});

test("notifications get no answer, and neither do empty lines", async () => {
  assert.equal(await answers('\n  \r\n{"jsonrpc":"2.0","method":"generate"}\n{"jsonrpc":"2.0","method":"nope"}\n'), []);
});

test("after shutdown nothing is read, and the end of the input is a good end", async () => {
  const all = await answers(`${request("shutdown", "{}")}\n${request("nope", "{}")}\n`);
  assert.equal(all, [{ jsonrpc: "2.0", id: 1, result: null }]);
  assert.equal(await answers(""), []);
});

test("an operation with files works in a directory of its own, which is removed", async () => {
  const params = `{"system":"snix","operation":"bundle","request":${build},"options":{${buildOptions}}}`;
  const ours = (): readonly string[] => readdirSync(tmpdir()).filter((name) => /^cupel-[^t]/.test(name));
  const before = ours();
  const [answer] = await answers(request("generate", params));
  const tree = isObject(answer?.["result"]) ? answer["result"]["tree"] : undefined;
  assert.match(JSON.stringify(tree), '"path":"scratch"');
  assert.equal(
    ours().filter((name) => !before.includes(name)),
    [],
  );
});

test("a path that leads out of that directory is error 4", async () => {
  const options = `{${buildOptions},"bundleDir":"/tmp/cupel-elsewhere"}`;
  const params = `{"system":"snix","operation":"bundle","request":${build},"options":${options}}`;
  const { error } = await errorOf(request("generate", params));
  assert.is(error["code"], 4);
  assert.equal(error["data"], { code: "refused-for-safety" });
});

test("a message that is too long is refused, and the next one is read", async () => {
  const long = `"${"x".repeat(longestMessage)}"`;
  const [first, second] = await answers(`${long}\n${request("shutdown", "{}")}`);
  const error = first?.["error"];
  assert.is(isObject(error) ? error["code"] : undefined, -32600);
  assert.is(second?.["result"], null);
});

test("lines are the same however the bytes are cut", async () => {
  const bytes = new TextEncoder().encode("one\n\ntwö\nlonger than ten\nend");
  for (const size of [1, 2, 3, 5, 100]) {
    const lines: string[] = [];
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    for await (const line of readLines(chunks(), 10)) {
      lines.push("tooLong" in line ? "(too long)" : new TextDecoder().decode(line.bytes));
    }
    assert.equal(lines, ["one", "", "twö", "(too long)", "end"]);
  }
});

test("the command of a request runs only where --trust-commands says so", async () => {
  const c = loadCases(dataRoot(undefined, "/")).find(needsJail);
  if (c === undefined) throw new Error("no case needs the jail");
  const { system, operation, request, options = {} } = c;
  const line = printCompact({
    jsonrpc: "2.0",
    id: 1,
    method: "generate",
    params: { system, operation, request, options },
  });
  const { error } = await errorOf(line);
  assert.is(error["code"], 2);
  assert.match(String(error["message"]), "runs the command of its request");
});
