import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseJson } from "../../src/json/parse.ts";
import { isArray, isObject, type JsonObject } from "../../src/json/value.ts";
import { mainOperation } from "../../src/systems/main-operation.ts";
import { obuilder } from "../../src/systems/obuilder/system.ts";
import { systems } from "../../src/systems/registry.ts";
import { snix } from "../../src/systems/snix/system.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { nameOfBuild, oneCase, tableFiles, tableText } from "./table.ts";
import { cupel } from "./terminal.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

/** A config as our own generator makes it. */
async function aConfig(): Promise<JsonObject> {
  const config = parseJson((await cupel(["generate", "snix"])).stdout);
  if (!isObject(config)) throw new Error("no config");
  return config;
}

test("generate prints the example of every system, the same on every machine", async () => {
  for (const system of systems) {
    const { exit, stdout, stderr } = await cupel(["generate", system.name]);
    assert.is(exit, 0, stderr);
    assert.match(stdout, mainOperation(system) === "config" ? '"ociVersion"' : '"mounts"');
    assert.is((await cupel(["generate", system.name])).stdout, stdout);
  }
  assert.is((await aConfig())["hostname"], "localhost");
});

test("generate takes a request from a file or standard input, and any operation", async () => {
  await withDirectory({ "r.json": '{"path":"build"}' }, async (cwd) => {
    const argv = ["generate", "snix", "--operation", "scratchName"];
    assert.is((await cupel([...argv, "r.json"], { cwd })).stdout, `"${nameOfBuild}"\n`);
    assert.is((await cupel([...argv, "-"], { stdin: '{"path":"build"}' })).stdout, `"${nameOfBuild}"\n`);
  });
});

test("metalor's main operation is plan, and what yields its configs goes by name", async () => {
  const plan = await cupel(["generate", "metalor"]);
  assert.is((await cupel(["generate", "metalor", "--operation", "plan"])).stdout, plan.stdout);
  assert.match((await cupel(["generate", "metalor", "--operation", "ociConfig"])).stdout, '"ociVersion"');
  const other = await cupel(["generate", "metalor", "--operation", "validate"]);
  assert.equal([other.exit, /is for the operation plan; validate needs a request/.test(other.stderr)], [2, true]);
  const bundle = await cupel(["generate", "metalor", "--operation", "plan", "--bundle", "b"]);
  assert.equal([bundle.exit, /--bundle writes what ociConfig makes/.test(bundle.stderr)], [2, true]);
});

test("generate fills in facts of the machine, and takes back those an operation does not know", async () => {
  const request = JSON.stringify(snix.example.request);
  const argv = ["generate", "snix", "-", "--options", '{"rootless":false,"sandboxShell":"/bin/sh"}'];
  const { exit, stdout, stderr } = await cupel(argv, { stdin: request });
  // A machine may have no subordinate ids; then the system itself says so.
  if (exit === 0) assert.match(stdout, '"ociVersion"');
  else assert.match(stderr, "snix refuses this request");
});

test("options that are given stand as given, in a file as well", async () => {
  const host = '{"uid":4242,"gid":7,"user":"b","group":"b","subuid":100000,"subgid":100000}';
  const options = `{"rootless":true,"sandboxShell":"/bin/sh","host":${host}}`;
  await withDirectory({ "o.json": options }, async (cwd) => {
    const inline = await cupel(["generate", "snix", "--options", options], { cwd });
    assert.match(inline.stdout, '"hostID": 4242');
    assert.is((await cupel(["generate", "snix", "--options", "o.json"], { cwd })).stdout, inline.stdout);
  });
});

test("a refusal is told in upstream's words, and a misfit with its pointer; both exit 2", async () => {
  const arches = ["generate", "obuilder", "-", "--operation", "arches"];
  const refused = await cupel(arches, { stdin: '{"unameOutput":""}' });
  assert.is(refused.exit, 2);
  assert.match(refused.stderr, "obuilder refuses this request: End_of_file");
  const misfit = await cupel(arches, { stdin: '{"unameOutput":5}' });
  assert.is(misfit.exit, 2);
  assert.match(misfit.stderr, "standard input (/unameOutput): expected a string, found 5");
});

test("a bad request is refused with file and place", async () => {
  const bad: readonly (readonly [string, RegExp])[] = [
    ['{"path":}', /r\.json:1:9 \(\/path\): expected a value/],
    ['{"path":"a","path":"b"}', /occurs twice/],
    [deep, /nested too deep/],
  ];
  for (const [text, said] of bad) {
    await withDirectory({ "r.json": text }, async (cwd) => {
      const { exit, stderr } = await cupel(["generate", "snix", "r.json", "--operation", "scratchName"], { cwd });
      assert.is(exit, 2);
      assert.match(stderr, said);
      assert.ok(stderr.length < 500);
    });
  }
});

test("unknown systems and operations name the nearest", async () => {
  assert.match((await cupel(["generate", "snixx"])).stderr, 'did you mean "snix"?');
  assert.match((await cupel(["generate", "snix", "--operation", "confg"])).stderr, 'did you mean "config"?');
  assert.is((await cupel(["generate", "constructor"])).exit, 2);
  assert.is((await cupel(["generate"])).exit, 2);
  assert.match((await cupel(["generate", "snix", "a", "b"])).stderr, 'does not know what to do with "b"');
});

test("validate prints every finding and exits 1 for an invalid file alone", async () => {
  const valid = await aConfig();
  const files = {
    "good.json": JSON.stringify(valid),
    "bad.json": JSON.stringify({ ...valid, hostnaem: "x", ociVersion: 5 }),
  };
  await withDirectory(files, async (cwd) => {
    const good = await cupel(["validate", "good.json"], { cwd });
    assert.is(good.exit, 0, good.stdout);
    assert.match(good.stdout, "good.json: valid");
    const both = await cupel(["validate", "good.json", "bad.json"], { cwd });
    assert.is(both.exit, 1);
    assert.match(both.stdout, "bad.json: error unknown-key at /hostnaem: ");
    assert.match(both.stdout, "bad.json: error wrong-type at /ociVersion: ");
    assert.match(both.stdout, "bad.json: invalid (2 errors)");
    const piped = await cupel(["validate", "-", "--json"], { stdin: files["bad.json"] });
    assert.is(piped.exit, 1);
    const document = parseJson(piped.stdout);
    const [first] = isArray(document) ? document : [];
    assert.is(isObject(first) ? first["valid"] : undefined, false);
    assert.is((await cupel(["validate", "none.json"], { cwd })).exit, 2);
    assert.is((await cupel(["validate"])).exit, 2);
    assert.is((await cupel(["validate", "-", "-"])).exit, 2);
  });
});

test("a file without an end is refused like any other that is too large", async () => {
  const { exit, stderr } = await cupel(["validate", "/dev/zero"]);
  assert.is(exit, 2);
  assert.match(stderr, "/dev/zero is larger than 32 MiB");
});

test("a file that cannot be read keeps no other from being validated", async () => {
  const files = { "good.json": JSON.stringify(await aConfig()), "broken.json": "{" };
  await withDirectory(files, async (cwd) => {
    const { exit, stdout, stderr } = await cupel(["validate", "broken.json", "good.json", "none.json"], { cwd });
    assert.is(exit, 2);
    assert.match(stdout, "good.json: valid");
    assert.match(stderr, "cupel: broken.json:1:2: expected a key");
    assert.match(stderr, "cupel: there is no file none.json");
    const json = parseJson((await cupel(["validate", "broken.json", "--json"], { cwd })).stdout);
    const [first] = isArray(json) ? json : [];
    assert.is(isObject(first) ? first["valid"] : undefined, false);
    assert.ok(isObject(first) && isObject(first["error"]));
  });
});

test("a misfit says what was expected and how to say it", async () => {
  const missing = await cupel(["generate", "snix", "-"], { stdin: JSON.stringify(snix.example.request) });
  assert.is(missing.exit, 2);
  assert.match(missing.stderr, "--options (/rootless): is missing\n");
  assert.match(missing.stderr, 'for example --options \'{"rootless":true,');
  const said = async (request: string): Promise<string> =>
    (await cupel(["generate", "snix", "-", "--operation", "scratchName"], { stdin: request })).stderr;
  assert.match(await said('{"path":5}'), "standard input (/path): expected a string, found 5\n");
  assert.match(await said("[]"), "standard input: expected an object, found a list\n");
  assert.match(await said('{"path":"a","other":1}'), "standard input (/other): there is no such key\n");
  const slip = await cupel(["generate", "snix", "-"], { stdin: '{"workingDr":"/"}' });
  assert.match(slip.stderr, 'hint: did you mean "workingDir"? cupel list snix --json');
});

test("a bundle that cannot be written is an error of input, and nothing is left of it", async () => {
  await withDirectory({ file: "" }, async (cwd) => {
    for (const target of ["no/such/bundle", "file/bundle"]) {
      const { exit, stdout, stderr } = await cupel(["generate", "obuilder", "--bundle", target], { cwd });
      assert.is(exit, 2, stderr);
      assert.is(stdout, "");
      assert.match(stderr, new RegExp(`cannot write ${target}: `));
      assert.not.match(stderr, "this is a bug");
    }
    assert.equal(readdirSync(cwd), ["file"]);
  });
});

test("diff says what is weaker first and exits 1 for it; the other way round it exits 0", async () => {
  const strong = await aConfig();
  const process = strong["process"];
  if (!isObject(process)) throw new Error("no process");
  const weak = { ...strong, process: { ...process, noNewPrivileges: false } };
  const files = { "strong.json": JSON.stringify(strong), "weak.json": JSON.stringify(weak) };
  await withDirectory(files, async (cwd) => {
    const weaker = await cupel(["diff", "strong.json", "weak.json"], { cwd });
    assert.is(weaker.exit, 1);
    assert.match(weaker.stdout, /^weaker \(\d+\)\n {2}no-new-privileges\[no-new-privileges\] {2}true -> false\n/);
    const stronger = await cupel(["diff", "weak.json", "strong.json", "--json"], { cwd });
    assert.is(stronger.exit, 0);
    const document = parseJson(stronger.stdout);
    assert.equal(isObject(document) ? document["weaker"] : undefined, []);
    const same = await cupel(["diff", "weak.json", "-"], { cwd, stdin: files["weak.json"] });
    assert.is(same.exit, 0);
    assert.is(same.stdout, "both promise the same\n");
  });
});

test("diff shows of long lists, and of lists within an object, only what changed", async () => {
  const golden = (name: string): string => `${root}golden/obuilder/network/${name}.json`;
  const { stdout } = await cupel(["diff", golden("off"), golden("host")], { columns: 60 });
  assert.match(stdout, '  unexpected-mounts[mount-points]\n    at added     "/etc/resolv.conf"\n    below added  "');
  assert.match(stdout, '    old  "absent"\n    new  {"source":"/etc/resolv.conf"}\n');
  assert.equal(
    stdout.split("\n").filter((line) => line.length > 60),
    [],
  );
});

test("diff refuses what is no config at all", async () => {
  await withDirectory({ "a.json": '{"process":5}' }, async (cwd) => {
    const { exit, stderr } = await cupel(["diff", "a.json", "a.json"], { cwd });
    assert.is(exit, 2);
    assert.match(stderr, "a.json is no config.json");
    assert.match(stderr, "cupel validate a.json lists everything");
  });
});

test("list shows ids with titles, one line each in a pipe, and only ids when quiet", async () => {
  await withDirectory(tableFiles(oneCase("a"), oneCase("b")), async (cwd) => {
    const lines = "snix/mine/a  the title of a\nsnix/mine/b  the title of b\n";
    assert.is((await cupel(["list", "--cases", "."], { cwd })).stdout, lines);
    assert.is((await cupel(["list", "snix/mine/b", "-q", "--cases", "."], { cwd })).stdout, "snix/mine/b\n");
    const narrow = await cupel(["list", "--cases", "."], { cwd, isTTY: true, columns: 30, env: { NO_COLOR: "1" } });
    assert.match(narrow.stdout, "snix/mine/a\n    the title of a\n");
  });
});

test("the export of cases has request, options and expectation, goldens included", async () => {
  const files = {
    ...tableFiles(oneCase("a", { expect: "golden" })),
    "golden/snix/mine/a.json": '{"x":12345678901234567890}\n',
  };
  await withDirectory(files, async (cwd) => {
    const { stdout } = await cupel(["list", "--json", "--cases", "."], { cwd });
    assert.match(stdout, '"x": 12345678901234567890');
    const [first] = JSON.parse(stdout);
    assert.is(first.id, "snix/mine/a");
    assert.is(first.expect, "golden");
    assert.equal(first.request, { path: "build" });
    assert.equal(first.options, {});
  });
});

test("rules, policies and mutants are listed by name", async () => {
  assert.match((await cupel(["list", "rules"])).stdout, /^namespaces {2}/m);
  for (const kind of ["rules", "policies", "mutants"]) {
    const { exit, stdout } = await cupel(["list", kind, "--json"]);
    assert.is(exit, 0);
    assert.ok(Array.isArray(JSON.parse(stdout)));
  }
  assert.is((await cupel(["list", "rules", "more"])).exit, 2);
  assert.is((await cupel(["list", "rules", "--tag", "x"])).stderr.split("\n")[0], "cupel: rules have no tags");
  assert.match((await cupel(["list", "ruels"])).stderr, "did you mean cupel list rules?");
});

test("explain tells all about a case, by its id or that of a check, and commands that can be pasted", async () => {
  const id = "obuilder/network/host";
  const { exit, stdout } = await cupel(["explain", id]);
  assert.is(exit, 0);
  for (const title of ["Why", "About", "Request (operation config)", "Options", "Promises", "Checks", "By hand"]) {
    assert.match(stdout, new RegExp(`^${title.replace(/[()]/g, "\\$&")}$`, "m"));
  }
  assert.match(stdout, `  ${id}#golden\n`);
  assert.match(stdout, /^REQUEST$/m);
  assert.is((await cupel(["explain", `${id}#golden`])).stdout, stdout);
});

test("the commands of explain make what the golden holds", async () => {
  const id = "obuilder/network/host";
  const { stdout } = await cupel(["explain", id]);
  const [, options, request] =
    /^cupel generate obuilder - --options '(.*)' <<'REQUEST'.*\n([\s\S]*?)\nREQUEST$/m.exec(stdout) ?? [];
  if (options === undefined || request === undefined) throw new Error(stdout);
  const made = await cupel(["generate", "obuilder", "-", "--options", options], { stdin: request });
  assert.is(made.stdout, readFileSync(`${root}golden/${id}.json`, "utf8"));
});

test("the commands of explain name the golden from where they are pasted", async () => {
  await withDirectory({}, async (cwd) => {
    const { stdout } = await cupel(["explain", "obuilder/network/host"], { cwd });
    assert.match(stdout, `| diff ${root}golden/obuilder/network/host.json -`);
    assert.match((await cupel(["explain", "obuilder/network/host"], { cwd: root })).stdout, "| diff golden/obuilder/");
  });
  const files = { "cases/snix/mine.json": tableText(oneCase("a", { expect: "golden" })) };
  await withDirectory({ ...files, "golden/snix/mine/a.json": "1\n" }, async (cwd) => {
    const { stdout } = await cupel(["explain", "snix/mine/a", "--cases", "."], { cwd });
    assert.match(stdout, "| diff golden/snix/mine/a.json -");
    assert.match(stdout, "cupel check snix/mine/a --cases .\n");
  });
});

test("a case that expects a config and states something else is explained all the same", async () => {
  const { request, options } = obuilder.example;
  const odd = oneCase("odd", { expect: { value: 1 }, operation: "config", request, options });
  const table = tableText(odd).replace('"system":"snix"', '"system":"obuilder"');
  await withDirectory({ "cases/obuilder/mine.json": table }, async (cwd) => {
    const { exit, stdout } = await cupel(["explain", "obuilder/mine/odd", "--cases", "."], { cwd });
    assert.is(exit, 0);
    assert.match(stdout, "Promises\n  none: what is expected has not the shape of a config");
  });
});

test("what only cupel check can do by hand is left to it", async () => {
  const { stdout } = await cupel(["explain", "snix/bundle/layout"]);
  assert.match(stdout, /By hand\ncupel check snix\/bundle\/layout\n$/);
});

test("explain tells about a rule, and names the nearest one or the cases that are meant", async () => {
  assert.match((await cupel(["explain", "namespaces"])).stdout, /^References$/m);
  const near = await cupel(["explain", "namespace"]);
  assert.is(near.exit, 4);
  assert.match(near.stderr, "did you mean namespaces?");
  const many = await cupel(["explain", "obuilder/network"]);
  assert.is(many.exit, 2);
  assert.match(many.stderr, "explain takes one");
  assert.is((await cupel(["explain"])).exit, 2);
});
