/** The recorded revisions of upstream, and what differs between them. */
import type { Revision } from "../system.ts";

/** What `options.revision` may say. */
export type RevisionId = "632bc093" | "6118142b";

/** Newest first. */
export const revisions: readonly Revision[] = [
  { id: "632bc093", commit: "632bc09350dd2b41d2a10e3099de095c4ff7de16", date: "2025-07-31" },
  { id: "6118142b", commit: "6118142b21084b0a0b163829951168eed17bfe28", date: "2025-04-10" },
];

/** What an upstream revision does its own way. */
export interface Behaviour {
  /** Whose line of /etc/subgid counts. */
  readonly subgidOf: "user" | "group";
  /** Whether the additional files of a request are written into the bundle. */
  readonly writesAdditionalFiles: boolean;
}

const behaviours: { readonly [id in RevisionId]: Behaviour } = {
  "632bc093": { subgidOf: "user", writesAdditionalFiles: true },
  "6118142b": { subgidOf: "group", writesAdditionalFiles: false },
};

/** What the revision does; the newest one when none is named. */
export function behaviourOf(revision: RevisionId = "632bc093"): Behaviour {
  return behaviours[revision];
}
