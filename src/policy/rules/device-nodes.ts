/** Device nodes: whether a build can make nodes for devices itself. */
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { capabilitiesAfterExec } from "../view/capabilities-after-exec.ts";
import { type DeviceNumber, isDeviceAllowed } from "../view/devices.ts";
import { isReadOnlyMount, mountTable } from "../view/mount-table.ts";
import { namespaceMode } from "../view/namespaces.ts";
import { inDirectory } from "../view/path.ts";
import { systemCallOutcome } from "../view/system-call-outcome.ts";

/** Nodes that lead to a disk and to file systems of the host. They are removed at once and never opened. */
const nodes: { readonly [subject: string]: DeviceNumber } = {
  "make:block": { node: "b", major: 7, minor: 0 },
  "make:character": { node: "c", major: 10, minor: 229 },
};

/**
 * Subjects `make:block` and `make:character`. Value: `{ make, in }` with `granted`, `refused` or `undecided` (a filter that
 * does something else) and the directory where it is tried, a file system of the cell's own; `nowhere` where it has none that
 * is writable. It needs CAP_MKNOD in the machine's first user namespace, and device rules that do not forbid it.
 */
export const deviceNodes: Rule = {
  id: "device-nodes",
  title: "A build makes device nodes only where capabilities and device rules let it",
  why: "Who can make a node needs no file of the host to reach its disks, only a device list with a hole.",
  level: "must",
  refs: ["mknod(2)", "capabilities(7), CAP_MKNOD", "OCI runtime spec: config-linux.md, Allowed Device list"],
  kind: "isolation",
  promises: (config) =>
    Object.entries(nodes).map(([subject, device]) => ({
      rule: "device-nodes",
      subject,
      value: makingOf(config, device),
      at: "/linux/resources/devices",
    })),
  compare: (before, after) => byRank(wordOf(before), wordOf(after), (word) => order.indexOf(String(word))),
  ask: (promised) => (isObject(promised.value) && wordOf(promised.value) !== "undecided" ? [make(promised)] : []),
  judge: (promised, answers) => {
    const reply = resultOf(answers.get(make(promised)));
    if ("silent" in reply) return notObservable(`no node was made: ${reply.silent}`);
    const name = reply.value >= 0 ? "made" : resultName(reply.value);
    if (reply.value >= 0) return decide(wordOf(promised.value) === "granted", name);
    if (failedWith(reply.value, "EPERM")) return decide(wordOf(promised.value) === "refused", name);
    return notObservable(`making a node fails with ${name}, which says nothing of the right to make one`);
  },
};

const order = ["nowhere", "refused", "undecided", "granted"];

function wordOf(value: Json): Json {
  return isObject(value) ? (value["make"] ?? "nowhere") : "nowhere";
}

function makingOf(config: Config, device: DeviceNumber): Json {
  const directory = writableDirectory(config);
  return directory === undefined ? "nowhere" : { make: rightTo(config, device), in: directory };
}

function rightTo(config: Config, device: DeviceNumber): string {
  const outcome = systemCallOutcome(config.linux?.seccomp, "mknodat");
  if (outcome === "errno:1") return "refused";
  if (outcome !== "kernel") return "undecided";
  if (!capabilitiesAfterExec(config).effective.includes("CAP_MKNOD")) return "refused";
  const user = namespaceMode(config, "user");
  if (user !== "shared") return user === "private" ? "refused" : "undecided";
  return isDeviceAllowed(config, device, "m") === false ? "refused" : "granted";
}

/** A tmpfs of the cell's own, the shared memory first, else the root file system. */
function writableDirectory(config: Config): string | undefined {
  const own = mountTable(config).filter(
    (planned) => planned.mount.type === "tmpfs" && !planned.bind && !planned.hidden && !isReadOnlyMount(planned),
  );
  const [first] = own.toSorted((a, b) => preference(a.destination) - preference(b.destination));
  return first?.destination ?? (config.root?.readonly === true ? undefined : "/");
}

function preference(path: string): number {
  return path === "/dev/shm" ? 0 : path === "/tmp" ? 1 : 2;
}

function make({ subject, value }: Promised): Question {
  const device = nodes[subject];
  const directory = isObject(value) ? value["in"] : undefined;
  if (device === undefined || typeof directory !== "string") throw new Error(`${subject} is not asked about`);
  const path = inDirectory(directory, `.cupel-node-${device.node}`);
  return {
    on: "cell",
    ask: "call",
    call: "make-node",
    argument: `${device.node} ${device.major} ${device.minor} ${path}`,
  };
}
