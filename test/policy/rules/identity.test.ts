import { identity } from "../../../src/policy/rules/identity.ts";
import { supplementaryGroups } from "../../../src/policy/rules/supplementary-groups.ts";
import { umask } from "../../../src/policy/rules/umask.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const config = configWith({ process: { user: { uid: 1000, gid: 100, umask: 18, additionalGids: [7, 5, 7] } } });
const plain = configWith();
const status = "cell status";

const text = (uid: string, gid = "100\t100\t100\t100", groups = "5 7 "): string =>
  `Name:\tsh\nPid:\t1\nUid:\t${uid}\nGid:\t${gid}\nGroups:\t${groups}\n`;

test("ids are numbers, groups a sorted set, the umask octal or inherited", () => {
  assert.is(valueIn(identity, config, "uid"), 1000);
  assert.equal(valueIn(supplementaryGroups, config, "groups"), [5, 7]);
  assert.equal(valueIn(umask, config, "umask"), { octal: "0022" });
  assert.is(valueIn(umask, plain, "umask"), "inherited");
  assert.equal(asked(umask, config, "umask"), ["cell umask"]);
});

test("an id holds when all four kinds of it are the configured one", () => {
  assert.is(verdict(identity, config, "uid", { [status]: text("1000\t1000\t1000\t1000") }), "holds");
  assert.is(verdict(identity, config, "gid", { [status]: text("1000\t1000\t1000\t1000") }), "holds");
  assert.equal(judge(identity, config, "uid", { [status]: text("1000\t1000\t0\t1000") }), {
    is: "violated",
    seen: [1000, 1000, 0, 1000],
  });
  assert.equal(judge(identity, config, "uid", { [status]: text("0\t0\t0\t0") }), { is: "violated", seen: 0 });
});

test("groups hold as a set, and one too many is a violation", () => {
  const given = (groups: string): { [line: string]: string } => ({
    [status]: text("0\t0\t0\t0", "0\t0\t0\t0", groups),
  });
  assert.is(verdict(supplementaryGroups, config, "groups", given("7 5")), "holds");
  assert.is(verdict(supplementaryGroups, config, "groups", given("5 5 7")), "holds");
  assert.is(verdict(supplementaryGroups, config, "groups", given("0 5 7")), "violated");
  assert.is(verdict(supplementaryGroups, config, "groups", given("5")), "violated");
  assert.is(verdict(supplementaryGroups, plain, "groups", given("")), "holds");
  assert.is(verdict(supplementaryGroups, plain, "groups", given("0")), "violated");
});

test("a status without the row tells nothing", () => {
  assert.is(verdict(identity, config, "uid", { [status]: "Pid:\t1\n" }), "not-observable");
  assert.is(verdict(supplementaryGroups, config, "groups", { [status]: "Pid:\t1\n" }), "not-observable");
  assert.is(verdict(supplementaryGroups, config, "groups", { [status]: "" }), "not-observable");
  assert.is(verdict(identity, config, "uid", { [status]: missing }), "not-observable");
});

test("a umask is compared as a number", () => {
  assert.is(verdict(umask, config, "umask", { "cell umask": "0022" }), "holds");
  assert.is(verdict(umask, config, "umask", { "cell umask": "022" }), "holds");
  assert.is(verdict(umask, config, "umask", { "cell umask": "0077" }), "violated");
  assert.is(verdict(umask, config, "umask", { "cell umask": missing }), "not-observable");
});

test("an inherited umask is the caller's, and a host that does not show its own is no witness", () => {
  const given = (cell: string, host: string): { [line: string]: string } => ({
    "cell umask": cell,
    "host read /proc/self/status": `Pid:\t1\n${host}`,
  });
  assert.is(verdict(umask, plain, "umask", given("0022", "Umask:\t0022\n")), "holds");
  assert.is(verdict(umask, plain, "umask", given("0000", "Umask:\t0022\n")), "violated");
  assert.is(verdict(umask, plain, "umask", given("0022", "")), "broken");
});

test("root, one group more and a bit less in the umask are weaker", () => {
  assert.is(identity.compare(1000, 0), "weaker");
  assert.is(identity.compare(1000, 1001), "different");
  assert.is(supplementaryGroups.compare([5], [5, 7]), "weaker");
  assert.is(supplementaryGroups.compare([5], [7]), "different");
  assert.is(umask.compare({ octal: "0022" }, { octal: "0002" }), "weaker");
  assert.is(umask.compare({ octal: "0022" }, { octal: "0077" }), "stronger");
  assert.is(umask.compare("inherited", { octal: "0022" }), "different");
  assert.is(umask.compare("inherited", { octal: "0000" }), "weaker");
});
