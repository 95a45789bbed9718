/** Propagation: whether mounts made later pass between the cell and what it was made from. */
import type { Json } from "../../json/value.ts";
import type { Config, Mount } from "../../oci/config.ts";
import { findMountOption } from "../../oci/mount-options.ts";
import { mountOn, mountsOf } from "../answers/mounts.ts";
import { decide, notObservable } from "../judgement.ts";
import { absent, byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `propagation:/`, by linux.rootfsPropagation, and `propagation:<destination>` for each mount, by its last option
 * for it. Value: `contained` (private, and slave of something private: nothing passes), `unbindable` (the same, and cannot be
 * bound elsewhere), `shared` (mounts pass both ways), or `hidden`. Silence means contained: a cell has a mount namespace of its
 * own, and runtimes make it private or a slave.
 */
export const propagation: Rule = {
  id: "propagation",
  title: "Mounts made in the cell do not spread from it unless the config shares them",
  why: "A shared mount carries what a build mounts to the host, or what the host mounts later into the build.",
  level: "must",
  refs: [
    "OCI runtime spec: config-linux.md, Rootfs Mount Propagation",
    "OCI runtime spec: config.md, Linux mount options (shared, rshared, ...)",
    "mount_namespaces(7)",
  ],
  kind: "isolation",
  promises: (config) => [
    { rule: "propagation", subject: "propagation:/", value: ofRoot(config), at: "/linux/rootfsPropagation" },
    ...mountTable(config)
      .filter(({ destination }) => destination !== "/")
      .map(({ destination, mount, hidden, at }) => ({
        rule: "propagation",
        subject: `propagation:${destination}`,
        value: hidden ? "hidden" : ofMount(mount),
        at: `${at}/options`,
      })),
  ],
  compare: (before, after) => byRank(before, after, rank),
  ask: ({ value }) => (value === "hidden" ? [] : [mounts]),
  judge: (promised, answers) => {
    const table = mountsOf(answers.get(mounts));
    if ("silent" in table) return notObservable(`the mount table is not shown: ${table.silent}`);
    const entry = mountOn(table.value, destinationOf(promised));
    if (entry === undefined) return notObservable("nothing is mounted there");
    const fields = entry.propagation;
    const seen = fields.some((field) => field.startsWith("shared:"))
      ? "shared"
      : fields.includes("unbindable")
        ? "unbindable"
        : "contained";
    return decide(seen === promised.value, fields.length === 0 ? "private" : [...fields]);
  },
};

function ofRoot({ linux }: Config): Json {
  return wordFor(linux?.rootfsPropagation?.replace(/^r/, "").toUpperCase());
}

function ofMount({ options = [] }: Mount): Json {
  const words = options.map(findMountOption);
  return wordFor(words.findLast((option) => option?.kind.endsWith("propagation") === true)?.name);
}

function wordFor(name: string | undefined): Json {
  if (name === "SHARED") return "shared";
  return name === "UNBINDABLE" ? "unbindable" : "contained";
}

/** What is hidden or not there passes nothing on. */
function rank(value: Json): number {
  return value === "shared" ? 2 : value === "hidden" || value === absent || value === "unbindable" ? 0 : 1;
}

function destinationOf({ subject }: Promised): string {
  return subject.slice("propagation:".length);
}
