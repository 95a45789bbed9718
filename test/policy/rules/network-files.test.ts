import { networkFiles } from "../../../src/policy/rules/network-files.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const hosts = { destination: "/etc/hosts", type: "bind", source: "hosts", options: ["rbind", "ro"] };
const config = configWith({ mounts: [hosts] });

test("a file that is provided reads as its source does", () => {
  const given = (cell: Given[string], host: Given[string]): Given => ({
    "cell read /etc/hosts": cell,
    "host read /work/7/bundle/hosts": host,
  });
  assert.is(verdict(networkFiles, config, "file:/etc/hosts", given("127.0.0.1 a\n", "127.0.0.1 a\n")), "holds");
  assert.is(verdict(networkFiles, config, "file:/etc/hosts", given("127.0.0.1 b\n", "127.0.0.1 a\n")), "violated");
  assert.is(verdict(networkFiles, config, "file:/etc/hosts", given(missing, "127.0.0.1 a\n")), "violated");
  assert.is(verdict(networkFiles, config, "file:/etc/hosts", given(unable, "127.0.0.1 a\n")), "not-observable");
  assert.is(verdict(networkFiles, config, "file:/etc/hosts", given("127.0.0.1 a\n", missing)), "not-observable");
});

test("what the config does not provide is the image's, or that of a mount above", () => {
  assert.is(valueIn(networkFiles, config, "file:/etc/resolv.conf"), "by-image");
  const above = configWith({ mounts: [hosts, { ...hosts, destination: "/etc" }] });
  assert.is(valueIn(networkFiles, above, "file:/etc/hosts"), "by-mount");
  assert.equal(asked(networkFiles, config, "file:/etc/resolv.conf"), []);
});
