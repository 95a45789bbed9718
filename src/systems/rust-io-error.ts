/** What Rust says of a failed file operation. */
import type { Errno, HostError } from "./host.ts";

/** Numbers and texts of Linux with the GNU C library. */
const errors: { readonly [errno in Errno]: readonly [number: number, text: string] } = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EIO: [5, "Input/output error"],
  EACCES: [13, "Permission denied"],
  EEXIST: [17, "File exists"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  EINVAL: [22, "Invalid argument"],
  ENOSPC: [28, "No space left on device"],
  EROFS: [30, "Read-only file system"],
  ENAMETOOLONG: [36, "File name too long"],
  ENOTEMPTY: [39, "Directory not empty"],
  ELOOP: [40, "Too many levels of symbolic links"],
};

/** Display of io::Error. */
export function displayIoError({ errno }: HostError): string {
  const [number, text] = errors[errno];
  return `${text} (os error ${number})`;
}

/** Display of the io::Error that comes before any system call when a path has a NUL. */
export const nulInPath = "file name contained an unexpected NUL byte";
