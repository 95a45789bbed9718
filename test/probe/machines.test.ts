/** Programs for every kind of machine do the same; the other kind's run in qemu's user mode. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { findTool } from "../../runner/execute/jail/tools.ts";
import { rawCalls, whyNotMade } from "../../runner/execute/probe/calls.ts";
import {
  type CallResult,
  emitProgram,
  emitSeparately,
  type RawCall,
  readResults,
} from "../../runner/execute/probe/elf.ts";
import { findMachine, type Machine, machines } from "../../runner/execute/probe/machine.ts";
import { emitNamed } from "../../runner/execute/probe/programs.ts";
import type { CallName } from "../../src/policy/question.ts";
import { triedCalls } from "../../src/policy/view/tried-calls.ts";
import { assert, test } from "../suite.ts";

const own = findMachine(process.arch);
const other = own === machines.arm64 ? machines.x64 : machines.arm64;
const emulator = `qemu-${other === machines.x64 ? "x86_64" : "aarch64"}-static`;
const emulatorPath = process.platform === "linux" ? findTool(emulator) : undefined;
const lacking =
  own === undefined
    ? `no emitted code for ${process.arch}`
    : emulatorPath === undefined
      ? `${emulator} is not installed`
      : undefined;

/** What came of a program: its output and its exit status. */
interface Done {
  readonly status: number | null;
  readonly results: readonly CallResult[];
}

/** Writes the program that `emit` gives for a machine, and runs it. */
function run(machine: Machine, emit: (machine: Machine, directory: string) => Uint8Array): Done {
  const directory = mkdtempSync(`${tmpdir()}/cupel-machine-`);
  const program = `${directory}/program`;
  try {
    writeFileSync(program, emit(machine, directory), { mode: 0o755 });
    const [file, words] = machine === own ? [program, []] : [emulatorPath ?? emulator, [program]];
    const { status, stdout } = spawnSync(file, words, { input: "", timeout: 120_000 });
    return { status, results: readResults(stdout) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The same on this machine and on the other, which must agree; descriptors and sizes are only known to be there. */
function both(emit: (machine: Machine, directory: string) => Uint8Array): Done {
  const [here, there] = [machines.x64, machines.arm64].map((machine) => {
    const { status, results } = run(machine, emit);
    return { status, results: results.map((result) => (typeof result === "number" && result > 0 ? 1 : result)) };
  });
  assert.equal(there, here);
  return here ?? { status: null, results: [] };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`);
const open: RawCall = { call: "openat", arguments: [-100n, bytes("/no/such/file"), 0n, 0n] };
const exit: RawCall = { call: "exit_group", arguments: [7n] };
const pid: RawCall = { call: "getpid", arguments: [] };

test.executes(lacking, "calls one after another return the same on both machines", () => {
  const emit = (machine: Machine): Uint8Array => emitProgram([open, pid, ...rawCalls("fsync", "", machine)], machine);
  assert.equal(both(emit), { status: 0, results: [-2, 1, -9] });
});

test.executes(lacking, "a required call that fails ends the program, with its results so far", () => {
  const emit = (machine: Machine): Uint8Array => emitProgram([pid, { ...open, required: true }, pid], machine);
  const { status, results } = both(emit);
  assert.is(status, 0);
  assert.equal(results.slice(0, 2), [1, -2]);
  assert.equal(results[2], { ended: { exit: 0 } });
});

test.executes(lacking, "a call that ends its process does not end the others", () => {
  const kill: RawCall = { call: "kill", arguments: ["previous-result", 9n] };
  const emit = (machine: Machine): Uint8Array =>
    emitSeparately([[open], [exit], [pid, kill, pid], [{ ...open, required: true }, pid], [pid]], machine);
  const killed = { ended: { signal: 9 } };
  const results = [-2, { ended: { exit: 7 } }, 1, killed, killed, -2, { ended: { exit: 0 } }, 1];
  assert.equal(both(emit), { status: 0, results });
});

/** Questions whose calls qemu passes on to the kernel as they are. */
const questions: readonly (readonly [call: CallName, argument?: string])[] = [
  ...(["fsync", "fdatasync", "syncfs", "sync_file_range", "msync", "mount", "sethostname", "reboot"] as const).map(
    (call) => [call] as const,
  ),
  ...(["chroot", "socket-raw", "bind-low-port"] as const).map((call) => [call] as const),
  ["kill", "1"],
  ["connect-inet", "9"],
  ["connect-abstract", "cupel-nobody-listens-here"],
  ["open-write", "/dev/null"],
  ["open-write", "/"],
  ["open-read", "/dev/null"],
  // A link, which is not followed: that flag is another bit on each machine.
  ["open-read", "{{directory}}/link"],
  ["create", "{{directory}}/.cupel-new"],
  ["create", "{{directory}}/.cupel-new"],
  ["access-execute", "/"],
  ["access-execute", "/no/such/file"],
  ...["cgroup", "ipc", "mnt", "pid", "uts"].map((type) => ["unshare-namespace", type] as const),
  ["make-node", "c 1 3 {{directory}}/.cupel-node"],
  ["open-new-node", "c 1 3 {{directory}}/.cupel-node"],
  ["allocate", "4096 {{directory}}/.cupel-space"],
  ["make-program", "{{directory}}/.cupel-program"],
  ["remove", "{{directory}}/.cupel-program"],
  ...[
    "copy_file_range",
    "epoll_create1",
    "eventfd2",
    "fallocate",
    "fchmodat",
    "inotify_init1",
    "kcmp",
    "prlimit64",
  ].map((name) => ["try", name] as const),
  ...["sendfile", "setns", "splice", "timerfd_create", "unshare", "utimensat", "waitid", "no-such-call"].map(
    (name) => ["try", name] as const,
  ),
];

test.executes(lacking, "the questions' calls are answered alike on both machines", () => {
  const place = (argument: string, directory: string): string => argument.replace("{{directory}}", directory);
  const emit = (machine: Machine, directory: string): Uint8Array => {
    const link: RawCall = { call: "symlinkat", arguments: [bytes("/dev/null"), -100n, bytes(`${directory}/link`)] };
    const groups = questions.map(([call, argument = ""]) => rawCalls(call, place(argument, directory), machine));
    return emitSeparately([[link], ...groups], machine);
  };
  const { status, results } = both(emit);
  assert.is(status, 0);
  assert.is(results[0], 0);
  const asked = questions.flatMap(([call, argument = ""]) =>
    rawCalls(call, place(argument, "/tmp"), machines.x64).map(() => `${call} ${argument}`),
  );
  assert.is(results[1 + asked.indexOf("open-read {{directory}}/link")], -40);
  assert.is(results.length, 1 + asked.length);
});

test.executes(lacking, "programs that use something up end alike on both machines", () => {
  for (const [name, amount] of [
    ["effective-user", 0],
    ["processes", 20],
    ["memory", 1 << 20],
    ["processor-time", 10],
  ] as const) {
    const status = name === "effective-user" ? (process.geteuid?.() ?? 0) & 255 : 0;
    assert.equal(
      both((machine) => emitNamed(name, amount, machine)),
      { status, results: [] },
      name,
    );
  }
});

test("a question whose call a machine does not have is not asked there, and says which", () => {
  assert.is(whyNotMade("arm64", "getpid-x86"), "aarch64 has no system call getpid-x86");
  assert.is(whyNotMade("x64", "getpid-x86"), undefined);
  assert.is(whyNotMade("riscv64", "fsync"), "no raw system calls on riscv64 yet");
  const lacked = triedCalls.flatMap(({ name }) => whyNotMade("arm64", "try", name) ?? []);
  assert.equal(
    lacked,
    ["ioperm", "iopl", "ustat"].map((call) => `aarch64 has no system call ${call}`),
  );
  assert.equal(
    triedCalls.flatMap(({ name }) => whyNotMade("x64", "try", name) ?? []),
    [],
  );
});

test("a program is not written for a call that the machine does not have", () => {
  assert.throws(
    () => emitProgram([{ call: "iopl", arguments: [3n] }], machines.arm64),
    /aarch64 has no system call iopl/,
  );
  assert.throws(
    () => emitProgram([{ call: "constructor", arguments: [] }], machines.x64),
    /no system call constructor/,
  );
});

test("programs that use something up are not made without bounds", () => {
  for (const machine of [machines.x64, machines.arm64]) {
    assert.throws(() => emitNamed("processes", 0, machine), RangeError);
    assert.throws(() => emitNamed("processes", 1025, machine), RangeError);
    assert.throws(() => emitNamed("memory", 2 ** 40, machine), RangeError);
  }
});
