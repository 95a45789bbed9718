/** What the system says, in words. */

/** The error number `code` (errno(3)) in a few words that follow "cannot read FILE:"; an unknown one as it is. */
export function systemWords(code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}

const words: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "it exists already",
  EIO: "the device failed",
  EISDIR: "it is a directory",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "there is no such directory",
  ENOSPC: "no space is left on the device",
  ENOTDIR: "part of its path is not a directory",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
};
