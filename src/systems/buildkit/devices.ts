/** The device nodes of insecure mode. Fact sheet: upstream util/entitlements/security. */

/** One node; upstream says nothing of its mode and owner. */
export type DeviceNode = {
  readonly path: string;
  readonly type: "b" | "c";
  readonly major: number;
  readonly minor: number;
};

const fixed: readonly DeviceNode[] = [
  { path: "/dev/kmsg", type: "c", major: 1, minor: 11 },
  { path: "/dev/cuse", type: "c", major: 10, minor: 203 },
  { path: "/dev/fuse", type: "c", major: 10, minor: 229 },
  { path: "/dev/kvm", type: "c", major: 10, minor: 232 },
  { path: "/dev/net/tun", type: "c", major: 10, minor: 200 },
  { path: "/dev/loop-control", type: "c", major: 10, minor: 237 },
];

/** How many loop devices a step gets beyond those that are in use. */
const spareLoops = 8;

/** All nodes where `freeLoop` is the first free loop device; 0 where the kernel did not say. */
export function deviceNodes(freeLoop: number): readonly DeviceNode[] {
  const loops = Array.from(
    { length: freeLoop + spareLoops },
    (_, minor): DeviceNode => ({ path: `/dev/loop${minor}`, type: "b", major: 7, minor }),
  );
  return [...fixed, ...loops];
}
