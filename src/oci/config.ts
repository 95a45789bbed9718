/**
 * The types of config.json: the Linux part of the OCI runtime specification v1.3, complete. They say what a config may
 * hold, not that a given document is valid; for that see validate.ts. Optional is what the specification or its published
 * schema lets a writer leave out.
 */
import type { Json } from "../json/value.ts";

/** An integer; beyond 2^53 our JSON reader gives a bigint. */
export type Integer = number | bigint;

/** Strings by name. */
export interface StringMap {
  readonly [name: string]: string;
}

/** A whole config.json. Spec: config.md and config-linux.md. */
export interface Config {
  /** SemVer 2.0.0 version of the specification that the config keeps to. */
  readonly ociVersion: string;
  readonly root?: Root;
  readonly mounts?: readonly Mount[];
  readonly process?: Process;
  readonly hostname?: string;
  /** NIS domain name. */
  readonly domainname?: string;
  readonly hooks?: Hooks;
  readonly annotations?: StringMap;
  readonly linux?: Linux;
  /** Other platforms' parts, unread by us. */
  readonly freebsd?: Json;
  readonly solaris?: Json;
  readonly vm?: Json;
  readonly windows?: Json;
  readonly zos?: Json;
}

/** The root file system. */
export interface Root {
  /** Absolute, or relative to the bundle. */
  readonly path: string;
  readonly readonly?: boolean;
}

/** One mount, in the order in which they are made. */
export interface Mount {
  /** Inside the container. Absolute; a relative one is deprecated and means below `/`. */
  readonly destination: string;
  /** A device, a dummy word, or for bind mounts a path, absolute or relative to the bundle. */
  readonly source?: string;
  readonly type?: string;
  /** fstab style words; see mountOptions in vocabulary.ts. */
  readonly options?: readonly string[];
  /** Both or none. */
  readonly uidMappings?: readonly IdMapping[];
  readonly gidMappings?: readonly IdMapping[];
}

/** A range of ids of a user namespace. */
export interface IdMapping {
  readonly containerID: Integer;
  readonly hostID: Integer;
  readonly size: Integer;
}

/** The process that `start` runs. */
export interface Process {
  readonly terminal?: boolean;
  readonly consoleSize?: ConsoleSize;
  readonly user?: User;
  readonly args?: readonly string[];
  /** Windows only. */
  readonly commandLine?: string;
  /** `NAME=value` each. */
  readonly env?: readonly string[];
  /** Absolute, inside the container. */
  readonly cwd: string;
  readonly capabilities?: Capabilities;
  readonly rlimits?: readonly Rlimit[];
  readonly noNewPrivileges?: boolean;
  readonly apparmorProfile?: string;
  readonly oomScoreAdj?: Integer;
  readonly scheduler?: Scheduler;
  readonly selinuxLabel?: string;
  readonly ioPriority?: IoPriority;
  readonly execCPUAffinity?: CpuAffinity;
}

/** Characters of the terminal. */
export interface ConsoleSize {
  readonly height: Integer;
  readonly width: Integer;
}

/** Who the process is. */
export interface User {
  readonly uid?: Integer;
  readonly gid?: Integer;
  readonly umask?: Integer;
  readonly additionalGids?: readonly Integer[];
  /** Windows only. */
  readonly username?: string;
}

/** The five sets of capabilities(7); an absent set is empty. */
export interface Capabilities {
  readonly bounding?: readonly string[];
  readonly effective?: readonly string[];
  readonly inheritable?: readonly string[];
  readonly permitted?: readonly string[];
  readonly ambient?: readonly string[];
}

/** setrlimit(2). */
export interface Rlimit {
  /** `RLIMIT_NOFILE`, ... */
  readonly type: string;
  readonly soft: Integer;
  readonly hard: Integer;
}

/** sched_setattr(2). */
export interface Scheduler {
  /** `SCHED_OTHER`, ... */
  readonly policy: string;
  readonly nice?: Integer;
  readonly priority?: Integer;
  readonly flags?: readonly string[];
  /** Nanoseconds, all three. */
  readonly runtime?: Integer;
  readonly deadline?: Integer;
  readonly period?: Integer;
}

/** ioprio_set(2). */
export interface IoPriority {
  readonly class: string;
  /** 0 (highest) to 7. */
  readonly priority?: Integer;
}

/** CPU lists for `exec`: before and after the process enters its cgroup. */
export interface CpuAffinity {
  readonly initial?: string;
  readonly final?: string;
}

/** Programs that the runtime runs around the container's life. */
export interface Hooks {
  /** Deprecated. */
  readonly prestart?: readonly Hook[];
  readonly createRuntime?: readonly Hook[];
  readonly createContainer?: readonly Hook[];
  readonly startContainer?: readonly Hook[];
  readonly poststart?: readonly Hook[];
  readonly poststop?: readonly Hook[];
}

/** One hook. */
export interface Hook {
  /** Absolute. */
  readonly path: string;
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  /** Seconds, more than 0. */
  readonly timeout?: Integer;
}

/** What only Linux has. */
export interface Linux {
  readonly namespaces?: readonly Namespace[];
  readonly uidMappings?: readonly IdMapping[];
  readonly gidMappings?: readonly IdMapping[];
  readonly timeOffsets?: TimeOffsets;
  readonly devices?: readonly Device[];
  /** By name on the host. */
  readonly netDevices?: { readonly [name: string]: NetDevice };
  /** Absolute (below the cgroup root) or relative (where the runtime likes). */
  readonly cgroupsPath?: string;
  readonly resources?: Resources;
  readonly intelRdt?: IntelRdt;
  readonly memoryPolicy?: MemoryPolicy;
  readonly sysctl?: StringMap;
  readonly seccomp?: Seccomp;
  /** `shared`, `slave`, `private` or `unbindable`. */
  readonly rootfsPropagation?: string;
  /** Absolute paths inside the container. */
  readonly maskedPaths?: readonly string[];
  /** Absolute paths inside the container. */
  readonly readonlyPaths?: readonly string[];
  /** SELinux context of the mounts. */
  readonly mountLabel?: string;
  readonly personality?: Personality;
}

/** A namespace to make, or with `path` to join. */
export interface Namespace {
  readonly type: string;
  /** Absolute, on the runtime's file system. */
  readonly path?: string;
}

/** time_namespaces(7). */
export interface TimeOffsets {
  readonly boottime?: TimeOffset;
  readonly monotonic?: TimeOffset;
}

/** An offset of one clock. */
export interface TimeOffset {
  readonly secs?: Integer;
  readonly nanosecs?: Integer;
}

/** A device node to make. */
export interface Device {
  /** `c`, `b`, `u` or `p`. */
  readonly type: string;
  /** Absolute, inside the container. */
  readonly path: string;
  /** Unless it is a FIFO (`p`). */
  readonly major?: Integer;
  readonly minor?: Integer;
  /** Permission bits as a number. */
  readonly fileMode?: Integer;
  readonly uid?: Integer;
  readonly gid?: Integer;
}

/** A network interface to move into the container. */
export interface NetDevice {
  /** Its name inside. */
  readonly name?: string;
}

/** cgroup limits. */
export interface Resources {
  readonly devices?: readonly DeviceRule[];
  readonly memory?: MemoryLimits;
  readonly cpu?: CpuLimits;
  readonly pids?: PidsLimits;
  readonly blockIO?: BlockIo;
  readonly hugepageLimits?: readonly HugepageLimit[];
  readonly network?: NetworkLimits;
  /** By device. */
  readonly rdma?: { readonly [device: string]: RdmaLimits };
  /** Files of cgroup v2 with their values. */
  readonly unified?: StringMap;
}

/** One line of the device allow list, applied in order. */
export interface DeviceRule {
  readonly allow: boolean;
  /** `a` (all), `b` or `c`. */
  readonly type?: string;
  readonly major?: Integer;
  readonly minor?: Integer;
  /** Letters of `rwm`. */
  readonly access?: string;
}

/** Bytes; -1 for no limit. */
export interface MemoryLimits {
  readonly limit?: Integer;
  readonly reservation?: Integer;
  /** Memory and swap together. */
  readonly swap?: Integer;
  /** Deprecated. */
  readonly kernel?: Integer;
  /** Deprecated. */
  readonly kernelTCP?: Integer;
  /** 0 to 100. */
  readonly swappiness?: Integer;
  readonly disableOOMKiller?: boolean;
  readonly useHierarchy?: boolean;
  readonly checkBeforeUpdate?: boolean;
}

/** Times in microseconds. */
export interface CpuLimits {
  readonly shares?: Integer;
  readonly quota?: Integer;
  readonly burst?: Integer;
  readonly period?: Integer;
  readonly realtimeRuntime?: Integer;
  readonly realtimePeriod?: Integer;
  /** CPU list, as in cpuset(7). */
  readonly cpus?: string;
  /** Memory node list, as in cpuset(7). */
  readonly mems?: string;
  readonly idle?: Integer;
}

/** Number of tasks. */
export interface PidsLimits {
  readonly limit: Integer;
}

/** Block devices. */
export interface BlockIo {
  readonly weight?: Integer;
  readonly leafWeight?: Integer;
  readonly weightDevice?: readonly WeightDevice[];
  readonly throttleReadBpsDevice?: readonly ThrottleDevice[];
  readonly throttleWriteBpsDevice?: readonly ThrottleDevice[];
  readonly throttleReadIOPSDevice?: readonly ThrottleDevice[];
  readonly throttleWriteIOPSDevice?: readonly ThrottleDevice[];
}

/** The weight of one block device. */
export interface WeightDevice {
  readonly major: Integer;
  readonly minor: Integer;
  readonly weight?: Integer;
  readonly leafWeight?: Integer;
}

/** The rate of one block device, bytes or operations a second. */
export interface ThrottleDevice {
  readonly major: Integer;
  readonly minor: Integer;
  readonly rate?: Integer;
}

/** A limit on huge pages of one size. */
export interface HugepageLimit {
  /** `2MB`, `1GB`, ... */
  readonly pageSize: string;
  /** Bytes. */
  readonly limit: Integer;
}

/** Marks for traffic control. */
export interface NetworkLimits {
  readonly classID?: Integer;
  readonly priorities?: readonly InterfacePriority[];
}

/** The priority of one network interface. */
export interface InterfacePriority {
  readonly name: string;
  readonly priority: Integer;
}

/** Limits of one RDMA device; at least one of them. */
export interface RdmaLimits {
  readonly hcaHandles?: Integer;
  readonly hcaObjects?: Integer;
}

/** Cache and memory bandwidth (resctrl). */
export interface IntelRdt {
  readonly closID?: string;
  readonly schemata?: readonly string[];
  readonly l3CacheSchema?: string;
  readonly memBwSchema?: string;
  readonly enableMonitoring?: boolean;
  /** Deprecated. */
  readonly enableCMT?: boolean;
  /** Deprecated. */
  readonly enableMBM?: boolean;
}

/** set_mempolicy(2). */
export interface MemoryPolicy {
  readonly mode?: string;
  readonly nodes?: string;
  readonly flags?: readonly string[];
}

/** personality(2). */
export interface Personality {
  /** `LINUX` or `LINUX32`. */
  readonly domain?: string;
  readonly flags?: readonly string[];
}

/** A seccomp(2) filter. */
export interface Seccomp {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: Integer;
  readonly architectures?: readonly string[];
  readonly flags?: readonly string[];
  /** Socket of the agent that gets notifications. */
  readonly listenerPath?: string;
  /** Passed to that agent. */
  readonly listenerMetadata?: string;
  readonly syscalls?: readonly SyscallRule[];
}

/** What happens to some system calls. */
export interface SyscallRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: Integer;
  /** All must match. */
  readonly args?: readonly SyscallArgument[];
}

/** A condition on one argument of a system call. */
export interface SyscallArgument {
  /** 0 to 5. */
  readonly index: Integer;
  readonly value: Integer;
  /** The second operand of `SCMP_CMP_MASKED_EQ`. */
  readonly valueTwo?: Integer;
  /** `SCMP_CMP_EQ`, ... */
  readonly op: string;
}
