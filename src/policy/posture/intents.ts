/** Named intents: what somebody wants of a build, whatever system it is for. */
import type { Wishes, WishName } from "./wishes.ts";
import { wishes } from "./wishes.ts";

/** One intent. What it does not wish for is wished not to be. */
export interface Intent {
  readonly name: string;
  /** Who asks for such a thing, one sentence without a full stop. */
  readonly title: string;
  readonly wishes: readonly WishName[];
}

/** All named intents, the first one being what `cupel posture` shows. */
export const intents: readonly Intent[] = [
  {
    name: "hermetic-build",
    title: "all the isolation there is: no network, an ordinary user, nothing but what was declared",
    wishes: ["shell", "user-namespace", "read-only-root", "input", "output"],
  },
  {
    name: "network-build",
    title: "a build that fetches: the network, and a secret to log in with",
    wishes: ["network", "shell", "user-namespace", "input", "output", "secret"],
  },
  {
    name: "root-build",
    title: "a build that installs packages: root inside, the network, a root file system to change",
    wishes: ["network", "shell", "root", "input", "output"],
  },
  {
    name: "limited-build",
    title: "a hermetic build that may not use up the machine: memory, processors and processes are limited",
    wishes: ["shell", "user-namespace", "read-only-root", "input", "output", "memory", "cpus", "cpu-time", "processes"],
  },
  {
    name: "everything",
    title: "every wish there is, for what can be asked of a system at all",
    wishes: wishes.map(({ name }) => name),
  },
];

/** The wishes of `intent`, with those of `on` besides and without those of `off`. */
export function wishesOf(intent: Intent, on: readonly WishName[] = [], off: readonly WishName[] = []): Wishes {
  const wanted = new Set<string>([...intent.wishes, ...on].filter((name) => !off.some((each) => each === name)));
  const entries = wishes.map(({ name }) => [name, wanted.has(name)] as const);
  return Object.fromEntries(entries) as Wishes;
}
