/**
 * Device nodes for the cells of a run. Every cell links to these, so that they are made once. They lie on the jail's own
 * work file system, which nobody outside can see, and are only ever opened for reading.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { openDevices } from "../../../src/policy/view/devices.ts";
import { nodeName } from "../cell/place-prepared.ts";
import { callsAvailable } from "../probe/calls.ts";
import { emitProgram } from "../probe/elf.ts";

/** Makes a node for each of {@link openDevices} in `directory`, which is made; none where that is not allowed here. */
export function makeNodes(directory: string): void {
  mkdirSync(directory, { mode: 0o711 });
  if (!callsAvailable(process.arch)) return;
  const program = `${directory}/make`;
  const paths = openDevices.map((device) => `${directory}/${nodeName(device)}`);
  const calls = openDevices.map(({ node, major, minor }, index) => ({
    call: "mknodat", // AT_FDCWD, path, type and permissions, device
    arguments: [
      -100n,
      new TextEncoder().encode(`${paths[index]}\0`),
      (node === "b" ? 0o060_000n : 0o020_000n) | 0o666n,
      BigInt(major << 8) | BigInt(minor),
    ],
  }));
  writeFileSync(program, emitProgram(calls), { mode: 0o700 });
  execFileSync(program, { env: {}, stdio: ["pipe", "pipe", "pipe"] });
  rmSync(program);
  // Only the device controller and the mount are to refuse them.
  for (const path of paths) if (existsSync(path)) chmodSync(path, 0o666);
}
