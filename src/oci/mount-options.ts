/** The mount options that a runtime must understand, and what each does. */

/** What one option word does. */
export interface MountOption {
  /**
   * What kind of thing `name` is: a flag of mount(2); an attribute of mount_setattr(2) on the mount and all below it; a
   * propagation type, with or without what is below; how the mount is made; or a service of the runtime.
   */
  readonly kind: "flag" | "recursive-attribute" | "propagation" | "recursive-propagation" | "making" | "service";
  /** Kernel name without its prefix (MS_ or MOUNT_ATTR_). */
  readonly name: string;
  /** Whether the word sets it or clears it. */
  readonly on: boolean;
}

/**
 * The words, by name; any other word is passed to the file system as data. OCI runtime spec, config.md, "Linux mount
 * options" (`acl` and `noacl`: runc's feature list).
 */
export const mountOptions: { readonly [word: string]: MountOption } = {
  acl: { kind: "flag", name: "POSIXACL", on: true },
  async: { kind: "flag", name: "SYNCHRONOUS", on: false },
  atime: { kind: "flag", name: "NOATIME", on: false },
  bind: { kind: "making", name: "BIND", on: true },
  defaults: { kind: "service", name: "DEFAULTS", on: true },
  dev: { kind: "flag", name: "NODEV", on: false },
  diratime: { kind: "flag", name: "NODIRATIME", on: false },
  dirsync: { kind: "flag", name: "DIRSYNC", on: true },
  exec: { kind: "flag", name: "NOEXEC", on: false },
  idmap: { kind: "service", name: "IDMAP", on: true },
  iversion: { kind: "flag", name: "I_VERSION", on: true },
  lazytime: { kind: "flag", name: "LAZYTIME", on: true },
  loud: { kind: "flag", name: "SILENT", on: false },
  mand: { kind: "flag", name: "MANDLOCK", on: true },
  noacl: { kind: "flag", name: "POSIXACL", on: false },
  noatime: { kind: "flag", name: "NOATIME", on: true },
  nodev: { kind: "flag", name: "NODEV", on: true },
  nodiratime: { kind: "flag", name: "NODIRATIME", on: true },
  noexec: { kind: "flag", name: "NOEXEC", on: true },
  noiversion: { kind: "flag", name: "I_VERSION", on: false },
  nolazytime: { kind: "flag", name: "LAZYTIME", on: false },
  nomand: { kind: "flag", name: "MANDLOCK", on: false },
  norelatime: { kind: "flag", name: "RELATIME", on: false },
  nostrictatime: { kind: "flag", name: "STRICTATIME", on: false },
  nosuid: { kind: "flag", name: "NOSUID", on: true },
  nosymfollow: { kind: "flag", name: "NOSYMFOLLOW", on: true },
  private: { kind: "propagation", name: "PRIVATE", on: true },
  ratime: { kind: "recursive-attribute", name: "NOATIME", on: false },
  rbind: { kind: "making", name: "BIND|REC", on: true },
  rdev: { kind: "recursive-attribute", name: "NODEV", on: false },
  rdiratime: { kind: "recursive-attribute", name: "NODIRATIME", on: false },
  relatime: { kind: "flag", name: "RELATIME", on: true },
  remount: { kind: "making", name: "REMOUNT", on: true },
  rexec: { kind: "recursive-attribute", name: "NOEXEC", on: false },
  ridmap: { kind: "service", name: "RIDMAP", on: true },
  rnoatime: { kind: "recursive-attribute", name: "NOATIME", on: true },
  rnodev: { kind: "recursive-attribute", name: "NODEV", on: true },
  rnodiratime: { kind: "recursive-attribute", name: "NODIRATIME", on: true },
  rnoexec: { kind: "recursive-attribute", name: "NOEXEC", on: true },
  rnorelatime: { kind: "recursive-attribute", name: "RELATIME", on: false },
  rnostrictatime: { kind: "recursive-attribute", name: "STRICTATIME", on: false },
  rnosuid: { kind: "recursive-attribute", name: "NOSUID", on: true },
  rnosymfollow: { kind: "recursive-attribute", name: "NOSYMFOLLOW", on: true },
  ro: { kind: "flag", name: "RDONLY", on: true },
  rprivate: { kind: "recursive-propagation", name: "PRIVATE", on: true },
  rrelatime: { kind: "recursive-attribute", name: "RELATIME", on: true },
  rro: { kind: "recursive-attribute", name: "RDONLY", on: true },
  rrw: { kind: "recursive-attribute", name: "RDONLY", on: false },
  rshared: { kind: "recursive-propagation", name: "SHARED", on: true },
  rslave: { kind: "recursive-propagation", name: "SLAVE", on: true },
  rstrictatime: { kind: "recursive-attribute", name: "STRICTATIME", on: true },
  rsuid: { kind: "recursive-attribute", name: "NOSUID", on: false },
  rsymfollow: { kind: "recursive-attribute", name: "NOSYMFOLLOW", on: false },
  runbindable: { kind: "recursive-propagation", name: "UNBINDABLE", on: true },
  rw: { kind: "flag", name: "RDONLY", on: false },
  shared: { kind: "propagation", name: "SHARED", on: true },
  silent: { kind: "flag", name: "SILENT", on: true },
  slave: { kind: "propagation", name: "SLAVE", on: true },
  strictatime: { kind: "flag", name: "STRICTATIME", on: true },
  suid: { kind: "flag", name: "NOSUID", on: false },
  symfollow: { kind: "flag", name: "NOSYMFOLLOW", on: false },
  sync: { kind: "flag", name: "SYNCHRONOUS", on: true },
  tmpcopyup: { kind: "service", name: "TMPCOPYUP", on: true },
  unbindable: { kind: "propagation", name: "UNBINDABLE", on: true },
};

/** What `word` does; undefined when it is data for the file system. */
export function findMountOption(word: string): MountOption | undefined {
  return Object.hasOwn(mountOptions, word) ? mountOptions[word] : undefined;
}
