/** Actions that need a capability, as data. */
import type { ErrnoName } from "../answers/errno.ts";
import type { CallName } from "../question.ts";

/** One action: what it needs, against whom, and how its call tells. */
export interface PrivilegedAction {
  readonly name: string;
  readonly capability: string;
  /**
   * The namespace whose owning user namespace must grant the capability (user_namespaces(7)): one of the process's
   * namespaces, `user` for its user namespace itself, or `initial` for the machine's first user namespace alone.
   */
  readonly against: "mount" | "uts" | "pid" | "network" | "user" | "initial";
  /** The system call that seccomp may take away. */
  readonly systemCall: string;
  readonly call: CallName;
  readonly refusedWith: ErrnoName;
  /** What the call says once permission is granted: an errno, since the arguments do nothing, or success. */
  readonly grantedWith: readonly (ErrnoName | "success")[];
}

/** The order of the checks in each call is the kernel's: permission first, then what is wrong with the arguments. */
export const privilegedActions: readonly PrivilegedAction[] = [
  {
    name: "mount",
    capability: "CAP_SYS_ADMIN",
    against: "mount",
    systemCall: "mount",
    call: "mount",
    refusedWith: "EPERM",
    grantedWith: ["ENODEV"],
  },
  {
    name: "set-host-name",
    capability: "CAP_SYS_ADMIN",
    against: "uts",
    systemCall: "sethostname",
    call: "sethostname",
    refusedWith: "EPERM",
    grantedWith: ["EINVAL"],
  },
  {
    name: "set-time",
    capability: "CAP_SYS_TIME",
    against: "initial",
    systemCall: "settimeofday",
    call: "settimeofday",
    refusedWith: "EPERM",
    grantedWith: ["success"],
  },
  {
    name: "reboot",
    capability: "CAP_SYS_BOOT",
    against: "pid",
    systemCall: "reboot",
    call: "reboot",
    refusedWith: "EPERM",
    grantedWith: ["EINVAL"],
  },
  {
    name: "change-root",
    capability: "CAP_SYS_CHROOT",
    against: "user",
    systemCall: "chroot",
    call: "chroot",
    refusedWith: "EPERM",
    grantedWith: ["success"],
  },
  {
    name: "raw-socket",
    capability: "CAP_NET_RAW",
    against: "network",
    systemCall: "socket",
    call: "socket-raw",
    refusedWith: "EPERM",
    grantedWith: ["success"],
  },
  {
    name: "low-port",
    capability: "CAP_NET_BIND_SERVICE",
    against: "network",
    systemCall: "bind",
    call: "bind-low-port",
    refusedWith: "EACCES",
    grantedWith: ["success", "EADDRINUSE"],
  },
];
