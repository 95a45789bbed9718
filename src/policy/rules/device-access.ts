/** Device access: which devices of the host open, if a node for them is there. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { byOpening, together } from "../order.ts";
import type { Question } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { type DeviceNumber, hostDevices, isDeviceAllowed } from "../view/devices.ts";

/**
 * Subjects `device:<name>`, for each of {@link hostDevices}. Value: `opens`, `opens-for-reading`, `opens-for-writing` or
 * `refused` by the rules in linux.resources.devices; `unlimited` without rules, where nothing is asked: a runtime may still
 * limit them by itself. Judged by opening nodes of ours for reading and never for writing, which is not harmless; a node that
 * the cell makes itself is the rule device-nodes'.
 */
export const deviceAccess: Rule = {
  id: "device-access",
  title: "Devices of the host open only where the device rules allow them",
  why: "A node for a disk, however it came into the cell, is the whole host to read unless the kernel refuses to open it.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Allowed Device list", "Linux: admin-guide/cgroup-v1/devices"],
  kind: "isolation",
  promises: (config) =>
    hostDevices.map((device) => ({
      rule: "device-access",
      subject: `device:${device.name}`,
      value: accessOf(config, device),
      at: "/linux/resources/devices",
    })),
  compare: (before, after) =>
    together([byOpening(isRead(before), isRead(after)), byOpening(isWritten(before), isWritten(after))]),
  ask: (promised) => (promised.value === "unlimited" ? [] : [open("cell", promised), open("host", promised)]),
  judge: (promised, answers) => {
    const host = resultOf(answers.get(open("host", promised)));
    if ("silent" in host) return notObservable(`the host did not try: ${host.silent}`);
    if (failedWith(host.value, "EPERM", "ENOENT", "EACCES")) {
      return notObservable(`the host itself cannot open it: ${resultName(host.value)}`);
    }
    const cell = resultOf(answers.get(open("cell", promised)));
    if ("silent" in cell) return notObservable(`it was not opened: ${cell.silent}`);
    const name = cell.value >= 0 ? "opens" : resultName(cell.value);
    if (failedWith(cell.value, "EPERM")) return decide(!isRead(promised.value), name);
    // Whatever the device's driver says, it was asked.
    const reached = cell.value >= 0 || cell.value === host.value;
    return reached ? decide(isRead(promised.value), name) : notObservable(`opening it fails with ${name}`);
  },
};

function accessOf(config: Config, device: DeviceNumber): Json {
  const [read, written] = (["r", "w"] as const).map((access) => isDeviceAllowed(config, device, access));
  if (read === undefined) return "unlimited";
  if (read === written) return read ? "opens" : "refused";
  return read ? "opens-for-reading" : "opens-for-writing";
}

function isRead(value: Json): boolean {
  return value !== "refused" && value !== "opens-for-writing";
}

function isWritten(value: Json): boolean {
  return value !== "refused" && value !== "opens-for-reading";
}

function open(on: "cell" | "host", { subject }: Promised): Question {
  const device = hostDevices.find(({ name }) => subject === `device:${name}`);
  if (device === undefined) throw new Error(`${subject} is no device of this rule`);
  const { node, major, minor } = device;
  const argument = `/.cupel/nodes/${device.name}`;
  return { on, ask: "call", call: "open-read", argument, prepared: { node, major, minor } };
}
