import { displayWidth } from "../../runner/terminal/display-width.ts";
import { parseJson } from "../../src/json/parse.ts";
import { isArray, isObject, type JsonObject } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { root } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";
import { withDirectory } from "./directory.ts";
import { cupel } from "./terminal.ts";

const off = "golden/obuilder/network/off.json";
const host = "golden/obuilder/network/host.json";
/** As little as a config can say. */
const silent = '{"ociVersion":"1.0.2","root":{"path":"rootfs"}}';

async function audited(...argv: readonly string[]) {
  return await cupel(["audit", ...argv], { cwd: root });
}

test("everything that a config promises is told, and which policies it holds; that alone is no judgement", async () => {
  const { exit, stdout } = await audited(host);
  assert.is(exit, 0);
  assert.match(stdout, `${host}\n`);
  assert.match(stdout, /^Network$\n^ {2}network$\n^ {4}interfaces, .*: on$/m);
  assert.match(stdout, /^ {2}offline +lacks 1 of 1$/m);
  assert.not.match(stdout, "FAIL");
});

test("a policy that is asked for fails on what is missing, with place, promise, wish and reason", async () => {
  assert.is((await audited(off, "--policy", "offline")).exit, 0);
  const { exit, stdout } = await audited(host, "--policy", "offline", "--policy", "no-host-writes", "-q");
  assert.is(exit, 1);
  assert.match(stdout, /^offline lacks 1 of 1$/m);
  assert.match(stdout, "  FAIL  network[network:interfaces]\n      A network that is joined");
  assert.match(stdout, '      at        /linux/namespaces\n      promised  "on"\n      wanted    {"is":"off"}\n');
  assert.match(stdout, /^no-host-writes holds$/m);
  assert.not.match(stdout, "Namespaces");
});

test("against an older config it says what is weaker, and exits 1 only then", async () => {
  const weaker = await audited(host, "--against", off, "-q");
  assert.is(weaker.exit, 1);
  assert.match(weaker.stdout, /^weaker \(\d+\)$/m);
  const stronger = await audited(off, "--against", host);
  assert.is(stronger.exit, 0);
  assert.match(stronger.stdout, /^stronger \(\d+\)$/m);
  const same = await audited(off, "--against", off, "-q");
  assert.is(same.exit, 0);
  assert.match(same.stdout, "both promise the same\n");
});

test("the document has every promise with its place, and every policy with what it lacks", async () => {
  const { exit, stdout } = await audited(host, "--json", "--policy", "offline", "--against", off);
  assert.is(exit, 1);
  const document = parseJson(stdout) as JsonObject;
  const config = parseJson((await cupel(["generate", "obuilder"])).stdout) as unknown as Config;
  assert.ok(isArray(document["promises"] ?? null));
  const subjects = promisesOf(config).filter(({ rule }) => rule === "namespaces").length;
  const promises = document["promises"] as readonly JsonObject[];
  assert.is(promises.filter(({ rule }) => rule === "namespaces").length, subjects);
  assert.ok(promises.every((each) => typeof each["at"] === "string" && Object.hasOwn(each, "value")));
  const policies = document["policies"] as { readonly [name: string]: JsonObject };
  assert.is(policies["offline"]?.["required"], true);
  assert.is(policies["offline"]?.["holds"], false);
  assert.is(policies["hermetic-build"]?.["required"], false);
  assert.ok(isObject(document["against"] ?? null));
});

test("a bundle, a file and standard input are the same to it", async () => {
  const text = (await cupel(["generate", "snix"])).stdout;
  await withDirectory({ "bundle/config.json": text }, async (cwd) => {
    const bundle = await cupel(["audit", "bundle"], { cwd });
    const file = await cupel(["audit", "bundle/config.json"], { cwd });
    const piped = await cupel(["audit", "-"], { cwd, stdin: text });
    assert.is(bundle.exit, 0, bundle.stderr);
    assert.is(bundle.stdout, file.stdout);
    assert.is(piped.stdout, file.stdout.replace("bundle/config.json", "standard input"));
    assert.is((await cupel(["audit", "-", "--against", "bundle"], { cwd, stdin: text })).exit, 0);
  });
});

test("a policy may stand in a file of one's own", async () => {
  const policy = { name: "mine", why: "As I like it.", requires: [{ rule: "shell", is: "provided" }] };
  await withDirectory({ "mine.json": JSON.stringify(policy), "c.json": silent }, async (cwd) => {
    const { exit, stdout } = await cupel(["audit", "c.json", "--policy", "./mine.json", "-q"], { cwd });
    assert.is(exit, 1);
    assert.match(stdout, "mine lacks 1 of 1");
    assert.match(stdout, "FAIL  shell[shell:/bin/sh]");
    assert.is((await cupel(["audit", "c.json", "--policy", "mine.json"], { cwd })).exit, 1);
    const broken = await cupel(["audit", "c.json", "--policy", "c.json"], { cwd });
    assert.is(broken.exit, 2);
    assert.match(broken.stderr, "c.json");
  });
});

test("a config that says nothing gets no isolation by its silence", async () => {
  await withDirectory({ "empty.json": silent }, async (cwd) => {
    const { exit, stdout } = await cupel(["audit", "empty.json", "--policy", "hermetic-build"], { cwd });
    assert.is(exit, 1);
    assert.match(stdout, /mount, .*network.*: shared/);
  });
});

test("no line is wider than the terminal, and colour adds nothing", async () => {
  for (const columns of [60, 80, 140]) {
    const argv = ["audit", host, "--policy", "hermetic-build", "--against", off];
    const plain = await cupel(argv, { cwd: root, columns, isTTY: true, env: { NO_COLOR: "1" } });
    assert.equal(
      plain.stdout.split("\n").filter((line) => displayWidth(line) > columns),
      [],
    );
    const colored = await cupel([...argv, "--color"], { cwd: root, columns });
    assert.is(colored.stdout.replace(/\u001b\[[0-9;]*m/g, ""), plain.stdout);
  }
});

test("text of a config cannot do more than be read", async () => {
  const config = {
    ociVersion: "1.0.2",
    hostname: "\u001b[31mred\u202e\n::error::x",
    mounts: [{ destination: "/\u001b[2J", type: "tmpfs" }],
  };
  await withDirectory({ "c.json": JSON.stringify(config) }, async (cwd) => {
    const { stdout } = await cupel(["audit", "c.json"], { cwd });
    assert.not.match(stdout, /[\u001b\u202e]/);
    assert.not.match(stdout, /^\s*::error/m);
  });
});

test("bad input is an error of input, in one sentence", async () => {
  const files = { "broken.json": "{", "shape.json": '{"process":5}', "empty/x": "", "good.json": silent };
  const said: readonly (readonly [argv: readonly string[], RegExp])[] = [
    [[], /cupel audit needs FILE\|BUNDLE\|-/],
    [["good.json", "good.json"], /does not know what to do with "good.json"/],
    [["none.json"], /there is no file none.json/],
    [["broken.json"], /broken.json:1:2: expected a key/],
    [["shape.json"], /shape.json is no config.json/],
    [["empty"], /the directory empty holds no config.json/],
    [["good.json", "--against", "empty"], /the directory empty holds no config.json/],
    [["good.json", "--against", "none.json"], /there is no file none.json/],
    [["-", "--against", "-"], /standard input can be read only once/],
    [["good.json", "--policy", "offlien"], /there is no policy "offlien"\n.*did you mean offline\?/],
    [["good.json", "--policy", "no/such.json"], /there is no file no\/such.json/],
    [["/dev/zero"], /\/dev\/zero is larger than 32 MiB/],
  ];
  await withDirectory(files, async (cwd) => {
    for (const [argv, words] of said) {
      const { exit, stdout, stderr } = await cupel(["audit", ...argv], { cwd });
      assert.is(exit, 2, argv.join(" "));
      assert.is(stdout, "", argv.join(" "));
      assert.match(stderr, words);
      assert.not.match(stderr, "this is a bug");
    }
  });
});
