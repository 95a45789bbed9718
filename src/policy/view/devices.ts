/** Devices: those that every container has, those that none should open, and what a list of rules makes of them. */
import type { Config, DeviceRule, Integer } from "../../oci/config.ts";

/** A device node by its numbers. */
export interface DeviceNumber {
  /** Character or block. */
  readonly node: "c" | "b";
  readonly major: number;
  readonly minor: number;
}

/** OCI runtime spec, config-linux.md, Default Devices; numbers: Documentation/admin-guide/devices.txt of the kernel. */
export const defaultDevices: readonly (DeviceNumber & { readonly path: string })[] = [
  { path: "/dev/full", node: "c", major: 1, minor: 7 },
  { path: "/dev/null", node: "c", major: 1, minor: 3 },
  { path: "/dev/random", node: "c", major: 1, minor: 8 },
  { path: "/dev/tty", node: "c", major: 5, minor: 0 },
  { path: "/dev/urandom", node: "c", major: 1, minor: 9 },
  { path: "/dev/zero", node: "c", major: 1, minor: 5 },
];

/** Devices that lead to disks, virtual machines, networks and file systems of the host. Opening them changes nothing. */
export const hostDevices: readonly (DeviceNumber & { readonly name: string })[] = [
  { name: "fuse", node: "c", major: 10, minor: 229 },
  { name: "kvm", node: "c", major: 10, minor: 232 },
  { name: "loop-control", node: "c", major: 10, minor: 237 },
  { name: "loop0", node: "b", major: 7, minor: 0 },
  { name: "tun", node: "c", major: 10, minor: 200 },
];

/** The null device, which is opened where only the mount's options are the question. */
export const nullDevice: DeviceNumber = { node: "c", major: 1, minor: 3 };

/** All that are ever opened through nodes of ours. */
export const openDevices: readonly DeviceNumber[] = [nullDevice, ...hostDevices];

/**
 * Whether the device rules of `config` allow one kind of access (`r`, `w`, `m` for making a node); undefined where there are
 * no rules. They are applied in their order to a list that begins by allowing everything (the device controller of
 * cgroups(7)); a rule without type, or of type `a`, is about all devices.
 */
export function isDeviceAllowed(config: Config, device: DeviceNumber, access: "r" | "w" | "m"): boolean | undefined {
  const rules = config.linux?.resources?.devices ?? [];
  if (rules.length === 0) return undefined;
  return rules.reduce((allowed, rule) => (isAbout(rule, device, access) ? rule.allow : allowed), true);
}

function isAbout({ type = "a", major, minor, access = "" }: DeviceRule, device: DeviceNumber, kind: string): boolean {
  if (type === "a" || type === "") return true;
  return (
    (type === device.node || type === "u") &&
    any(major, device.major) &&
    any(minor, device.minor) &&
    access.includes(kind)
  );
}

/** An absent or negative number stands for all. */
function any(wanted: Integer | undefined, number: number): boolean {
  return wanted === undefined || BigInt(wanted) < 0n || BigInt(wanted) === BigInt(number);
}
