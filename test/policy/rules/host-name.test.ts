import type { Answer } from "../../../src/policy/answer.ts";
import { hostName } from "../../../src/policy/rules/host-name.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const named = configWith({ hostname: "builder" });
const inherited = configWith({ hostname: null });

test("a name is the config's or inherited", () => {
  assert.equal(valueIn(hostName, named, "host-name"), { name: "builder" });
  assert.is(valueIn(hostName, inherited, "host-name"), "inherited");
  assert.is(valueIn(hostName, configWith({ hostname: "" }), "host-name"), "inherited");
  assert.equal(valueIn(hostName, configWith({ hostname: "inherited" }), "host-name"), { name: "inherited" });
});

test("the cell has the configured name", () => {
  assert.is(verdict(hostName, named, "host-name", { "cell hostname": "builder" }), "holds");
  assert.equal(judge(hostName, named, "host-name", { "cell hostname": "machine" }), {
    is: "violated",
    seen: { name: "machine" },
  });
  assert.is(verdict(hostName, named, "host-name", { "cell hostname": missing }), "not-observable");
});

test("an inherited name is the host's", () => {
  const is = (cell: string | Answer, host: string | Answer): string =>
    verdict(hostName, inherited, "host-name", { "cell hostname": cell, "host hostname": host });
  assert.is(is("machine", "machine"), "holds");
  assert.is(is("builder", "machine"), "violated");
  assert.is(is("machine", missing), "not-observable");
});

test("the host keeps the name that it had before", () => {
  const is = (now: string | Answer, canary: string | Answer): string =>
    verdict(hostName, named, "host-name-of-host", { "host hostname": now, "host canary": canary });
  assert.is(is("machine", '{"pid":1,"hostname":"machine"}'), "holds");
  assert.is(is("builder", '{"pid":1,"hostname":"machine"}'), "violated");
  assert.is(is("machine", '{"pid":1}'), "not-observable");
  assert.is(is("machine", "no json"), "not-observable");
  assert.is(is("machine", missing), "not-observable");
  assert.is(is(missing, '{"hostname":"machine"}'), "not-observable");
});

test("a name without a namespace to hold it exposes the host's", () => {
  const config = configWith({ hostname: "builder", linux: { namespaces: [{ type: "mount" }] } });
  assert.is(valueIn(hostName, config, "host-name-of-host"), "exposed");
  assert.equal(asked(hostName, config, "host-name-of-host"), []);
  assert.is(hostName.compare("kept", "exposed"), "weaker");
  assert.is(hostName.compare({ name: "a" }, "inherited"), "weaker");
  assert.is(hostName.compare({ name: "a" }, { name: "b" }), "different");
});
