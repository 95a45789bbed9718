/**
 * The raw system calls behind the `call` questions, with arguments that do nothing when the call is allowed: bad
 * descriptors, a file system type that does not exist, impossible lengths, signal 0 (execution facts: a probe runs
 * unprotected exactly when a sandbox fails). Numbers: x86-64, arch/x86/entry/syscalls/syscall_64.tbl.
 */
import type { CallName } from "../../../src/policy/question.ts";
import { previousResult, type RawCall } from "./elf.ts";

/** Whether this machine's raw calls are known to the emitter. `arch` is what node:process calls it. */
export function callsAvailable(arch: string): boolean {
  return arch === "x64";
}

/** Open flags: O_NOCTTY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC. */
const quietly = 0o400n | 0o4000n | 0o400000n | 0o2000000n;
const cwd = -100n; // AT_FDCWD

/** The calls that make up `name`; the answer is the first negative result, else the last one. */
export function rawCalls(name: CallName, argument = ""): readonly RawCall[] {
  switch (name) {
    case "fsync":
      return [{ number: 74, arguments: [-1n] }];
    case "fdatasync":
      return [{ number: 75, arguments: [-1n] }];
    case "syncfs":
      return [{ number: 306, arguments: [-1n] }];
    case "sync_file_range":
      return [{ number: 277, arguments: [-1n, 0n, 0n, 0n] }];
    case "msync": // an address that is not page aligned: EINVAL from the kernel
      return [{ number: 26, arguments: [1n, 4096n, 0n] }];
    case "mount": // an unknown file system type: EPERM without the capability, ENODEV with it
      return [{ number: 165, arguments: [text("cupel"), text("/"), text("nosuchfs"), 0n, 0n] }];
    case "sethostname": // a negative length: EPERM first, else EINVAL
      return [{ number: 170, arguments: [text("cupel"), -1n] }];
    case "settimeofday": // neither time nor zone: only the permission is looked at
      return [{ number: 164, arguments: [0n, 0n] }];
    case "reboot": // bad magic numbers: EPERM first, else EINVAL
      return [{ number: 169, arguments: [0n, 0n, 0n, 0n] }];
    case "chroot":
      return [{ number: 161, arguments: [text("/")] }];
    case "socket-raw": // AF_INET, SOCK_RAW, IPPROTO_ICMP
      return [{ number: 41, arguments: [2n, 3n, 1n] }];
    case "bind-low-port": // AF_INET, SOCK_STREAM, then port 80 of 127.0.0.1; it never listens
      return [
        { number: 41, arguments: [2n, 1n, 0n] },
        { number: 49, arguments: [previousResult, inetAddress(80), 16n] },
      ];
    case "kill": // signal 0: only existence and permission
      return [{ number: 62, arguments: [BigInt(argument), 0n] }];
    case "connect-inet":
      return [
        { number: 41, arguments: [2n, 1n, 0n] },
        { number: 42, arguments: [previousResult, inetAddress(Number(argument)), 16n] },
      ];
    case "connect-abstract": {
      const address = abstractAddress(argument);
      return [
        { number: 41, arguments: [1n, 2n, 0n] }, // AF_UNIX, SOCK_DGRAM: connecting only looks the name up
        { number: 42, arguments: [previousResult, address, BigInt(address.length)] },
      ];
    }
    case "open-write":
      return [{ number: 257, arguments: [cwd, text(argument), quietly | 1n, 0n] }];
    case "create": // O_WRONLY | O_CREAT | O_EXCL, mode 0644
      return [{ number: 257, arguments: [cwd, text(argument), quietly | 1n | 0o100n | 0o200n, 0o644n] }];
    case "access-execute":
      return [{ number: 21, arguments: [text(argument), 1n] }];
  }
}

/** NUL-terminated UTF-8. */
function text(value: string): Uint8Array {
  return new TextEncoder().encode(`${value}\0`);
}

/** struct sockaddr_in for 127.0.0.1. */
export function inetAddress(port: number): Uint8Array {
  return Uint8Array.from([2, 0, port >> 8, port & 255, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
}

/** struct sockaddr_un of an abstract name: family, NUL, name, no terminator (unix(7)). */
export function abstractAddress(name: string): Uint8Array {
  return Uint8Array.from([1, 0, 0, ...new TextEncoder().encode(name)]);
}
