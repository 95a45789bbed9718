/** What a build may wish for, in words that are no system's own. */

/** The name of a wish. */
export type WishName =
  | "network"
  | "shell"
  | "root"
  | "user-namespace"
  | "read-only-root"
  | "input"
  | "output"
  | "secret"
  | "memory"
  | "cpus"
  | "cpu-time"
  | "processes";

/** One thing that is on or off. */
export interface Wish {
  readonly name: WishName;
  /** What it means when it is on. */
  readonly means: string;
}

/** Every wish, in the order of reports. */
export const wishes: readonly Wish[] = [
  { name: "network", means: "the build reaches the network" },
  { name: "shell", means: "/bin/sh is there" },
  { name: "root", means: "the build runs as root inside" },
  { name: "user-namespace", means: "its ids are others outside: root inside is nobody special on the host" },
  { name: "read-only-root", means: "the root file system cannot be changed" },
  { name: "input", means: "a directory to read: /input/source" },
  { name: "output", means: "a directory to leave a result in: /build" },
  { name: "secret", means: "a file that is in no image: /run/secrets/token" },
  { name: "memory", means: "at most 512 MiB of memory" },
  { name: "cpus", means: "at most two processors' worth of time at once" },
  { name: "cpu-time", means: "at most ten minutes of processor time" },
  { name: "processes", means: "at most 100 processes" },
];

/** What is wished for. */
export type Wishes = { readonly [name in WishName]: boolean };
