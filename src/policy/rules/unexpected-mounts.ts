/** Unexpected mounts: nothing is mounted in the cell that the config did not ask for and the specification does not add. */
import { isArray, isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { type MountEntry, mountsOf } from "../answers/mounts.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset, together } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { insidePath, isBelow } from "../view/path.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/** The file systems that the specification makes available by default, with their types. */
const usual: { readonly [point: string]: string } = {
  "/dev/pts": "devpts",
  "/dev/shm": "tmpfs",
  "/proc": "proc",
  "/sys": "sysfs",
};

/**
 * Other mount points that every cell may have: the root, and the default devices of the specification, which are bind mounts
 * where they cannot be made (in a user namespace).
 */
const always: readonly string[] = [
  "/",
  "/dev/null",
  "/dev/zero",
  "/dev/full",
  "/dev/random",
  "/dev/urandom",
  "/dev/tty",
  "/dev/ptmx",
];

/**
 * Value: `{ at, below }`: where mounts may be, beside {@link always} and {@link usual}: destinations, masked and read-only paths, the console
 * of a terminal, devices; and below which destinations anything may be: recursive binds and cgroup file systems.
 */
export const unexpectedMounts: Rule = {
  id: "unexpected-mounts",
  title: "Nothing is mounted that was not asked for",
  why: "A mount that nobody asked for shows a build files of the host, or hides the ones it should see.",
  level: "must",
  refs: [
    "OCI runtime spec: config.md, Mounts",
    "OCI runtime spec: config-linux.md, Default Filesystems, Default Devices, Masked Paths, Readonly Paths",
  ],
  kind: "isolation",
  promises: (config) => [
    {
      rule: "unexpected-mounts",
      subject: "mount-points",
      value: { at: expected(config), below: deep(config) },
      at: "/mounts",
    },
  ],
  compare: (before, after) =>
    together(["at", "below"].map((key) => bySubset(memberOf(before, key), memberOf(after, key)))),
  ask: () => [mounts],
  judge: (promised, answers) => {
    const table = mountsOf(answers.get(mounts));
    if ("silent" in table) return notObservable(`the mount table is not shown: ${table.silent}`);
    const at = [...always, ...textsOf(promised.value, "at")];
    const below = textsOf(promised.value, "below");
    const points = new Set(table.value.filter((entry) => !isUsual(entry)).map(({ mountPoint }) => mountPoint));
    const unexpected = [...points]
      .filter((point) => !at.includes(point) && !below.some((directory) => isBelow(point, directory)))
      .sort();
    return decide(unexpected.length === 0, { unexpected });
  },
};

/** Any other file system at such a place, or a part of one, is as unexpected as elsewhere. */
function isUsual({ mountPoint, type, root }: MountEntry): boolean {
  return Object.hasOwn(usual, mountPoint) && usual[mountPoint] === type && root === "/";
}

function expected(config: Config): readonly string[] {
  const { linux, process } = config;
  const points = [
    ...(config.mounts ?? []).map(({ destination }) => destination),
    ...(linux?.maskedPaths ?? []),
    ...(linux?.readonlyPaths ?? []),
    ...(linux?.devices ?? []).map(({ path }) => path),
    ...(process?.terminal === true ? ["/dev/console"] : []),
  ].map(insidePath);
  return [...new Set(points)].filter((point) => !always.includes(point)).sort();
}

function deep(config: Config): readonly string[] {
  const points = (config.mounts ?? []).flatMap(({ destination, type, options = [] }) =>
    options.includes("rbind") || (type === "cgroup" && !options.includes("bind")) ? [insidePath(destination)] : [],
  );
  return [...new Set(points)].sort();
}

function memberOf(value: Json, key: string): Json {
  return (isObject(value) ? value[key] : undefined) ?? [];
}

function textsOf(value: Json, key: string): readonly string[] {
  const list = memberOf(value, key);
  return isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
