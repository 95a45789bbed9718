/**
 * The raw system calls behind the `call` questions, with arguments that do nothing when the call is allowed: bad
 * descriptors, a file system type that does not exist, impossible lengths, signal 0 (execution facts: a probe runs
 * unprotected exactly when a sandbox fails). Only calls that every machine has are used, except where one of them is the
 * question itself: faccessat, openat and dup3, not access, open and dup2.
 */
import type { CallName } from "../../../src/policy/question.ts";
import { triedCalls } from "../../../src/policy/view/tried-calls.ts";
import { previousResult, type RawCall } from "./elf.ts";
import { findMachine, type Machine, thisMachine } from "./machine.ts";
import { emitNamed } from "./programs.ts";

/** Whether this machine's raw calls are known to the emitter. `arch` is what node:process calls it. */
export function callsAvailable(arch: string): boolean {
  return findMachine(arch) !== undefined;
}

/** Why the calls of that question cannot be made on `arch`, as node:process calls it; undefined when they can. */
export function whyNotMade(arch: string, name: CallName, argument?: string): string | undefined {
  const made = callsOn(arch, name, argument);
  return "unable" in made ? made.unable : undefined;
}

/** The calls that make up `name` on `arch`, as node:process calls it, or why they cannot be made there. */
export function callsOn(
  arch: string,
  name: CallName,
  argument?: string,
): readonly RawCall[] | { readonly unable: string } {
  const machine = findMachine(arch);
  if (machine === undefined) return { unable: `no raw system calls on ${arch} yet` };
  const calls = rawCalls(name, argument, machine);
  const lacking = calls.find(({ call }) => machine.number(call) === undefined);
  return lacking === undefined ? calls : { unable: `${machine.name} has no system call ${lacking.call}` };
}

/** O_NOCTTY | O_NONBLOCK | O_CLOEXEC, which are the same everywhere. */
const quiet = 0o400n | 0o4000n | 0o2000000n;
const cwd = -100n; // AT_FDCWD

const tried: ReadonlyMap<string, RawCall> = new Map(
  triedCalls.map(({ name, call, arguments: given }) => [name, { call, arguments: given }]),
);

/** The calls that make up `name`; the answer is the first negative result, else the last one. */
export function rawCalls(name: CallName, argument = "", machine: Machine = thisMachine()): readonly RawCall[] {
  const quietly = quiet | machine.noFollow;
  switch (name) {
    case "try": {
      const call = tried.get(argument);
      if (call === undefined) throw new Error(`no call to try is called ${argument}`);
      return [call];
    }
    case "fsync":
      return [{ call: "fsync", arguments: [-1n] }];
    case "fdatasync":
      return [{ call: "fdatasync", arguments: [-1n] }];
    case "syncfs":
      return [{ call: "syncfs", arguments: [-1n] }];
    case "sync_file_range":
      return [{ call: "sync_file_range", arguments: [-1n, 0n, 0n, 0n] }];
    case "msync": // an address that is not page aligned: EINVAL from the kernel
      return [{ call: "msync", arguments: [1n, 4096n, 0n] }];
    case "mount": // an unknown file system type: EPERM without the capability, ENODEV with it
      return [{ call: "mount", arguments: [text("cupel"), text("/"), text("nosuchfs"), 0n, 0n] }];
    case "sethostname": // a negative length: EPERM first, else EINVAL
      return [{ call: "sethostname", arguments: [text("cupel"), -1n] }];
    case "settimeofday": // neither time nor zone: only the permission is looked at
      return [{ call: "settimeofday", arguments: [0n, 0n] }];
    case "reboot": // bad magic numbers: EPERM first, else EINVAL
      return [{ call: "reboot", arguments: [0n, 0n, 0n, 0n] }];
    case "chroot":
      return [{ call: "chroot", arguments: [text("/")] }];
    case "socket-raw": // AF_INET, SOCK_RAW, IPPROTO_ICMP
      return [{ call: "socket", arguments: [2n, 3n, 1n] }];
    case "bind-low-port": // AF_INET, SOCK_STREAM, then port 80 of 127.0.0.1; it never listens
      return [
        { call: "socket", arguments: [2n, 1n, 0n] },
        { call: "bind", arguments: [previousResult, inetAddress(80), 16n] },
      ];
    case "kill": // signal 0: only existence and permission
      return [{ call: "kill", arguments: [BigInt(argument), 0n] }];
    case "connect-inet":
      return [
        { call: "socket", arguments: [2n, 1n, 0n] },
        { call: "connect", arguments: [previousResult, inetAddress(Number(argument)), 16n] },
      ];
    case "connect-abstract": {
      const address = abstractAddress(argument);
      return [
        { call: "socket", arguments: [1n, 2n, 0n] }, // AF_UNIX, SOCK_DGRAM: connecting only looks the name up
        { call: "connect", arguments: [previousResult, address, BigInt(address.length)] },
      ];
    }
    case "open-write":
      return [{ call: "openat", arguments: [cwd, text(argument), quietly | 1n, 0n] }];
    case "create": // O_WRONLY | O_CREAT | O_EXCL, mode 0644
      return [{ call: "openat", arguments: [cwd, text(argument), quietly | 1n | 0o100n | 0o200n, 0o644n] }];
    case "access-execute":
      return [{ call: "faccessat", arguments: [cwd, text(argument), 1n] }];
    case "access-exist":
      return [{ call: "faccessat", arguments: [cwd, text(argument), 0n] }];
    case "no-new-privileges": // PR_GET_NO_NEW_PRIVS
      return [{ call: "prctl", arguments: [39n, 0n, 0n, 0n, 0n] }];
    case "ambient-capability": // PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_CHOWN
      return [{ call: "prctl", arguments: [47n, 1n, 0n, 0n, 0n] }];
    case "open-read":
      return [{ call: "openat", arguments: [cwd, text(argument), quietly, 0n] }];
    case "unshare-namespace":
      return [{ call: "unshare", arguments: [namespaceFlags[argument] ?? 0n] }];
    case "make-node":
      return [makeNode(argument), remove(pathOf(argument, 3))];
    case "open-new-node": {
      const path = pathOf(argument, 3);
      return [makeNode(argument), { call: "openat", arguments: [cwd, text(path), quietly, 0n] }, remove(path)];
    }
    case "allocate": {
      const path = pathOf(argument, 1);
      const size = BigInt(argument.slice(0, argument.indexOf(" ")));
      return [
        make(path, quietly, 0o600n),
        { call: "fallocate", arguments: [previousResult, 0n, 0n, size] },
        remove(path),
      ];
    }
    case "make-program":
      return makeProgram(pathOf(argument, 0), machine, []);
    case "make-set-uid-program": {
      // The owner first: a change of owner takes the bit away.
      const owner = BigInt(argument.slice(0, argument.indexOf(" ")));
      return makeProgram(pathOf(argument, 1), machine, [
        { call: "fchown", arguments: [spare, owner, -1n], required: true },
        { call: "fchmod", arguments: [spare, 0o4755n], required: true },
      ]);
    }
    case "execute":
      return [{ call: "execve", arguments: [text(argument), { pointers: [text(argument)] }, { pointers: [] }] }];
    case "remove":
      return [remove(pathOf(argument, 0))];
    case "getpid-x86":
      return [{ call: name, arguments: [], as32Bit: true }];
    case "getpid-x32":
      return [{ call: name, arguments: [] }];
  }
}

/** Flags of clone(2) by the names in /proc/PID/ns. */
const namespaceFlags: { readonly [file: string]: bigint } = {
  cgroup: 0x0200_0000n,
  ipc: 0x0800_0000n,
  mnt: 0x0002_0000n,
  pid: 0x2000_0000n,
  user: 0x1000_0000n,
  uts: 0x0400_0000n,
};

/** A descriptor that nothing else has. */
const spare = 100n;

/** What follows `words` words and blanks of an argument: a path whose last name says that it is ours. */
function pathOf(argument: string, words: number): string {
  const path = argument.split(" ").slice(words).join(" ");
  if (!/\/\.cupel-[^/]+$/.test(path)) throw new Error(`${path} is no name of ours`);
  return path;
}

/** Creates a file that must not be there, for writing. */
function make(path: string, quietly: bigint, mode: bigint): RawCall {
  return { call: "openat", arguments: [cwd, text(path), quietly | 2n | 0o100n | 0o200n, mode], required: true };
}

function makeNode(argument: string): RawCall {
  const [type, major = "0", minor = "0"] = argument.split(" ");
  const mode = (type === "b" ? 0o060_000n : 0o020_000n) | 0o600n;
  const device = (BigInt(major) << 8n) | BigInt(minor); // makedev(3), for numbers below 256
  return { call: "mknodat", arguments: [cwd, text(pathOf(argument, 3)), mode, device], required: true };
}

function makeProgram(path: string, machine: Machine, finish: readonly RawCall[]): readonly RawCall[] {
  const program = emitNamed("effective-user", 0, machine);
  return [
    make(path, quiet | machine.noFollow, 0o755n),
    { call: "dup3", arguments: [previousResult, spare, 0n], required: true },
    { call: "write", arguments: [spare, program, BigInt(program.length)], required: true },
    ...finish,
  ];
}

function remove(path: string): RawCall {
  return { call: "unlinkat", arguments: [cwd, text(path), 0n] };
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
