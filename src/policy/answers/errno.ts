/** Names of the errnos that the questions can meet. */

/**
 * By number, as the kernel's generic errno lists give them (include/uapi/asm-generic/errno-base.h and errno.h; the same on
 * x86-64 and arm64).
 */
export const errnos = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ETXTBSY: 26,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ELOOP: 40,
  EOVERFLOW: 75,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETDOWN: 100,
  ENETUNREACH: 101,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EINPROGRESS: 115,
  EDQUOT: 122,
} as const;

/** The name of an errno in {@link errnos}. */
export type ErrnoName = keyof typeof errnos;

const names: ReadonlyMap<number, string> = new Map(Object.entries(errnos).map(([name, number]) => [number, name]));

/** A system call's return value in words: `EROFS` for -30, `errno 200` for an unlisted one, the number itself from 0 up. */
export function resultName(result: number): string {
  return result < 0 ? (names.get(-result) ?? `errno ${-result}`) : String(result);
}

/** Whether `result` is the failure `name`. */
export function failedWith(result: number, ...wanted: readonly ErrnoName[]): boolean {
  return wanted.some((name) => result === -errnos[name]);
}
