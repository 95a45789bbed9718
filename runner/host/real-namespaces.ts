/** Namespaces of this kernel, for a process that is in a jail. */
import { readFileSync, readlinkSync } from "node:fs";
import { capabilityNumbers } from "../../src/oci/vocabulary.ts";
import type { LimitedResource, Namespaces } from "../../src/systems/host.ts";
import { needTool } from "../execute/jail/tools.ts";
import { askHelper } from "./ask-helper.ts";
import { launchInRoot } from "./launch-in-root.ts";
import { call } from "./system-call.ts";

/** Namespaces for work below the directories `below`. What is started in them ends with this process. */
export function realNamespaces(below: readonly string[]): Namespaces {
  return {
    enter: ([program = "", ...args], env, { name }, input) => {
      const wrapper = [
        needTool("setpriv"),
        "--pdeathsig",
        "KILL",
        needTool(program),
        "--kill-child=KILL",
        ...args,
        "--",
      ];
      return askHelper(wrapper, { kind: "inside", entry: name, input, env, below });
    },
    mountNamespace: (of) => call(`/proc/${of}/ns/mnt`, () => readlinkSync(`/proc/${of}/ns/mnt`)),
    mayLimit,
    launch: (launch) => launchInRoot(launch, below[0] ?? "/"),
    busybox: () => readFileSync(needTool("busybox")),
  };
}

/** How /proc/PID/limits calls them (proc(5)). */
const lines: { readonly [resource in LimitedResource]: string } = {
  cpu: "Max cpu time",
  as: "Max address space",
  nproc: "Max processes",
};

function mayLimit(resource: LimitedResource, value: number | bigint): boolean {
  const effective = /^CapEff:\t([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const mayRaise = (BigInt(`0x${effective}`) >> BigInt(capabilityNumbers["CAP_SYS_RESOURCE"] ?? 24)) & 1n;
  if (mayRaise === 1n) return true;
  const line = new RegExp(`^${lines[resource]} +\\S+ +(\\S+)`, "m").exec(readFileSync("/proc/self/limits", "utf8"));
  const hard = line?.[1] ?? "unlimited";
  return hard === "unlimited" || BigInt(value) <= BigInt(hard);
}
