/** The default seccomp profile. Fact sheet: containerd contrib/seccomp/seccomp_default.go. */
import { commonCalls } from "./common-calls.ts";

/** One rule; every one allows. */
type Rule = {
  readonly names: readonly string[];
  readonly action: "SCMP_ACT_ALLOW";
  readonly args?: readonly Argument[];
};

type Argument = { readonly index: number; readonly value: number; readonly op: string };

/** `linux.seccomp`: what is not allowed fails with EPERM. */
export type Profile = {
  readonly defaultAction: "SCMP_ACT_ERRNO";
  readonly architectures?: readonly string[];
  readonly syscalls: readonly Rule[];
};

/**
 * The profile that a daemon built for `arch` (in Go's words) attaches to a step with this bounding set. Its capabilities
 * open further calls, in their order and as often as they stand there; an unknown one opens none.
 */
export function seccompProfile(bounding: readonly string[], arch: string): Profile {
  const architectures = architecturesOf.get(arch);
  const syscalls = [
    ...everybody,
    ...(callsOfArchitecture.get(arch) ?? []),
    ...bounding.flatMap((capability) => callsOfCapability.get(capability) ?? []),
    ...(bounding.includes("CAP_SYS_ADMIN") ? [] : [arch.startsWith("s390") ? cloneOnS390 : cloneWithoutNamespaces]),
  ];
  if (architectures === undefined) return { defaultAction: "SCMP_ACT_ERRNO", syscalls };
  return { defaultAction: "SCMP_ACT_ERRNO", architectures, syscalls };
}

const mips = ["SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64", "SCMP_ARCH_MIPS64N32"];
const mipsel = ["SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64N32"];

/** For any other the runtime takes its own. */
const architecturesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["amd64", ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]],
  ["arm64", ["SCMP_ARCH_ARM", "SCMP_ARCH_AARCH64"]],
  ["mips64", mips],
  ["mips64n32", mips],
  ["mipsel64", mipsel],
  ["mipsel64n32", mipsel],
  ["s390x", ["SCMP_ARCH_S390", "SCMP_ARCH_S390X"]],
]);

/** The long list, then the three harmless values of personality(2): Linux, Linux32, and asking for the present one. */
const everybody: readonly Rule[] = [
  allow(...commonCalls),
  ...[0, 8, 0xffffffff].map((value) => allowOnly("personality", { index: 0, value, op: "SCMP_CMP_EQ" })),
];

const arm = [allow("arm_fadvise64_64", "arm_sync_file_range", "breakpoint", "cacheflush", "set_tls")];
const s390 = [allow("s390_pci_mmio_read", "s390_pci_mmio_write", "s390_runtime_instr")];

const callsOfArchitecture: ReadonlyMap<string, readonly Rule[]> = new Map([
  ["amd64", [allow("arch_prctl", "modify_ldt")]],
  ["386", [allow("modify_ldt")]],
  ["arm", arm],
  ["arm64", arm],
  ["s390", s390],
  ["s390x", s390],
]);

const callsOfCapability: ReadonlyMap<string, readonly Rule[]> = new Map([
  ["CAP_DAC_READ_SEARCH", [allow("open_by_handle_at")]],
  [
    "CAP_SYS_ADMIN",
    [
      allow(
        "bpf",
        "clone",
        "fanotify_init",
        "lookup_dcookie",
        "mount",
        "name_to_handle_at",
        "perf_event_open",
        "setdomainname",
        "sethostname",
        "setns",
        "umount",
        "umount2",
        "unshare",
      ),
    ],
  ],
  ["CAP_SYS_BOOT", [allow("reboot")]],
  ["CAP_SYS_CHROOT", [allow("chroot")]],
  ["CAP_SYS_MODULE", [allow("delete_module", "init_module", "finit_module")]],
  ["CAP_SYS_PACCT", [allow("acct")]],
  ["CAP_SYS_PTRACE", [allow("kcmp", "process_vm_readv", "process_vm_writev", "ptrace")]],
  ["CAP_SYS_RAWIO", [allow("iopl", "ioperm")]],
  ["CAP_SYS_TIME", [allow("settimeofday", "stime", "adjtimex")]],
  ["CAP_SYS_TTY_CONFIG", [allow("vhangup")]],
]);

/** CLONE_NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET and NEWCGROUP must all be off. */
const newNamespaces = 0x7e020000;
const cloneWithoutNamespaces = allowOnly("clone", { index: 0, value: newNamespaces, op: "SCMP_CMP_MASKED_EQ" });
/** There the flags are the second argument. */
const cloneOnS390 = allowOnly("clone", { index: 1, value: newNamespaces, op: "SCMP_CMP_MASKED_EQ" });

function allow(...names: readonly string[]): Rule {
  return { names, action: "SCMP_ACT_ALLOW" };
}

function allowOnly(name: string, argument: Argument): Rule {
  return { names: [name], action: "SCMP_ACT_ALLOW", args: [argument] };
}

/** The architectures, in Go's words, for which the profile is not the same as for all others. */
export const profiledArchitectures: readonly string[] = [
  ...new Set([...architecturesOf.keys(), ...callsOfArchitecture.keys()]),
];
