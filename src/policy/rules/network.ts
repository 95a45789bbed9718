/** Network: off is only loopback and nobody to talk to; on is the host's. */
import { equalJson } from "../../json/equal.ts";
import type { Config } from "../../oci/config.ts";
import type { Answer, Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { parseInterfaces, parseRoutes } from "../answers/network.ts";
import { parsed, type Reply, resultOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { broken, decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { CallName, Question } from "../question.ts";
import type { CellFacts, Judgement, Promised, Rule } from "../rule.ts";
import { namespaceMode, namespacePointer } from "../view/namespaces.ts";

/** Tunnel ends that the kernel itself puts into a new network namespace; they lead nowhere until somebody sets them up. */
const fallbackTunnels: readonly string[] = [
  "erspan0",
  "gre0",
  "gretap0",
  "ip6_vti0",
  "ip6gre0",
  "ip6tnl0",
  "ip_vti0",
  "sit0",
  "tunl0",
];

/** The subjects that are tables, with the file that shows each and how it is read. */
const tables: { readonly [subject: string]: { readonly path: string; readonly parse: typeof parseRoutes } } = {
  "network:interfaces": { path: "/proc/net/dev", parse: parseInterfaces },
  "network:routes": { path: "/proc/net/route", parse: parseRoutes },
};

/** Two files of one file system: the same device says that the first is no other one mounted in its place. */
const routeFile: Question = { on: "cell", ask: "stat", path: "/proc/net/route" };
const deviceFile: Question = { on: "cell", ask: "stat", path: "/proc/net/dev" };

/** The subjects that are somebody to reach: a canary of the host. */
const canaries: { readonly [subject: string]: { readonly call: CallName; readonly fact: "port" | "socket" } } = {
  "network:loopback-listener": { call: "connect-inet", fact: "port" },
  "network:abstract-socket": { call: "connect-abstract", fact: "socket" },
};

/**
 * Subjects: interfaces, routes, a listener on the host's loopback, an abstract socket of the host. Value: `off`, `on` (the
 * host's network), or `joined` and `with-devices`, where what is reached is not known from the config.
 */
export const network: Rule = {
  id: "network",
  title: "A cell without network reaches nobody; one with the host's network reaches what the host does",
  why: "A build with a hidden way out is not reproducible, and can carry away what it reads.",
  level: "must",
  refs: [
    "OCI runtime spec: config-linux.md, Namespaces (network)",
    "network_namespaces(7)",
    "unix(7), abstract sockets",
  ],
  kind: "isolation",
  promises: (config) =>
    [...Object.keys(tables), ...Object.keys(canaries)].map((subject) => ({
      rule: "network",
      subject,
      value: networkOf(config),
      at: namespacePointer(config, "network"),
    })),
  compare: (before, after) => byRank(before, after, (value) => (value === "off" ? 0 : value === "on" ? 2 : 1)),
  ask: (promised, cell) => {
    if (promised.value !== "off" && promised.value !== "on") return [];
    const asked = questionOf(promised, cell);
    const files = promised.subject === "network:routes" ? [routeFile, deviceFile] : [];
    return [asked, { ...asked, on: "host" }, ...files];
  },
  judge: (promised, answers, cell) =>
    Object.hasOwn(tables, promised.subject) ? judgeTable(promised, answers, cell) : judgeReach(promised, answers, cell),
};

function networkOf(config: Config): string {
  const mode = namespaceMode(config, "network");
  if (mode === "shared") return "on";
  if (mode !== "private") return "joined";
  return Object.keys(config.linux?.netDevices ?? {}).length > 0 ? "with-devices" : "off";
}

function judgeTable(promised: Promised, answers: Answers, cell: CellFacts): Judgement {
  const asked = questionOf(promised, cell);
  if (promised.subject === "network:routes" && isEmpty(answers.get(asked))) {
    return judgeNoTable(promised.value === "off" || isEmpty(answers.get({ ...asked, on: "host" })), answers);
  }
  const own = readTable(promised, answers, asked);
  if ("silent" in own) return notObservable(`the cell does not show them: ${own.silent}`);
  const seen = own.value;
  if (promised.value === "off") {
    const expected = ["lo", ...fallbackTunnels];
    const quiet =
      promised.subject === "network:routes" ? seen.length === 0 : seen.every((name) => expected.includes(name));
    return decide(quiet, seen);
  }
  const host = readTable(promised, answers, { ...asked, on: "host" });
  if ("silent" in host) return broken(`the host does not show them: ${host.silent}`);
  return decide(equalJson(seen, host.value), seen);
}

function isEmpty(answer: Answer): boolean {
  return "text" in answer && answer.text.trim() === "";
}

/**
 * The kernel writes not even a heading where there has never been a route, as in a new namespace whose loopback nobody set
 * up (net/ipv4/fib_trie.c); but so does an empty file that is mounted there.
 */
function judgeNoTable(isRight: boolean, answers: Answers): Judgement {
  const table = statOf(answers.get(routeFile));
  const devices = statOf(answers.get(deviceFile));
  const isKernels =
    "value" in table &&
    "value" in devices &&
    table.value.type === "file" &&
    table.value.device === devices.value.device;
  return isKernels ? decide(isRight, []) : broken("the cell's table of routes is empty, and not the kernel's own");
}

function readTable({ subject }: Promised, answers: Answers, question: Question): Reply<readonly string[]> {
  const parse = tables[subject]?.parse ?? parseRoutes;
  return parsed(answers.get(question), "a table of the kernel", parse);
}

/** The host must reach its own canary, else that the cell does not proves nothing. */
function judgeReach(promised: Promised, answers: Answers, cell: CellFacts): Judgement {
  const asked = questionOf(promised, cell);
  const control = resultOf(answers.get({ ...asked, on: "host" }));
  if ("silent" in control) return notObservable(`the host did not try: ${control.silent}`);
  if (control.value < 0) return broken(`the host itself does not reach it: ${resultName(control.value)}`);
  const reply = resultOf(answers.get(asked));
  if ("silent" in reply) return notObservable(`the cell did not try: ${reply.silent}`);
  const name = reply.value >= 0 ? "reached" : resultName(reply.value);
  if (reply.value < 0 && !saysUnreachable(reply.value)) return notObservable(`the cell's attempt fails with ${name}`);
  return decide(reply.value >= 0 === (promised.value === "on"), name);
}

/** Nobody there, no way there, or not allowed there. */
function saysUnreachable(result: number): boolean {
  return failedWith(
    result,
    "ECONNREFUSED",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "EADDRNOTAVAIL",
    "ENETDOWN",
    "EACCES",
    "EPERM",
  );
}

type Asked = Extract<Question, { on: "cell"; ask: "read" | "call" }>;

function questionOf({ subject }: Promised, cell: CellFacts): Asked {
  const table = tables[subject];
  if (table !== undefined) return { on: "cell", ask: "read", path: table.path };
  const canary = canaries[subject];
  if (canary === undefined) throw new Error(`${subject} is no subject of the network`);
  return { on: "cell", ask: "call", call: canary.call, argument: String(cell[canary.fact]) };
}
