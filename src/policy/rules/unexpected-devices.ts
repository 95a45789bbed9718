/** Unexpected devices: /dev has no names beside those of the specification and of the config. */
import { isArray, isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { textOf } from "../answers/reply.ts";
import { lines } from "../answers/words.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset, sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { defaultDevices } from "../view/devices.ts";
import { mountTable } from "../view/mount-table.ts";
import { insidePath, isBelow } from "../view/path.ts";

const list: Question = { on: "cell", ask: "list", path: "/dev" };

/** Default devices, file systems and links of the specification, and the link to /proc/kcore that runtimes have always made. */
const always: readonly string[] = [
  ...defaultDevices.map(({ path }) => nameIn(path)),
  ...["pts", "ptmx", "shm", "fd", "stdin", "stdout", "stderr", "core"],
];

/**
 * Value: `{ names }`, what stands in /dev beside {@link always}: the console of a terminal, devices and mounts of the config.
 * `by-mount` or `by-image` where a bind or the root file system brings whatever it has. Which devices open, whoever makes a
 * node for them, is the rule device-access'.
 */
export const unexpectedDevices: Rule = {
  id: "unexpected-devices",
  title: "Nothing is in /dev that was not asked for",
  why: "A node that nobody asked for is a disk, a graphics card or a virtual machine monitor within reach of a build.",
  level: "must",
  refs: [
    "OCI runtime spec: config-linux.md, Default Devices",
    "OCI runtime spec: runtime-linux.md, Dev symbolic links",
  ],
  kind: "isolation",
  promises: (config) => [{ rule: "unexpected-devices", subject: "names:/dev", ...namesOf(config) }],
  compare: (before, after) =>
    isObject(before) && isObject(after)
      ? bySubset(before["names"] ?? [], after["names"] ?? [])
      : sameOrDifferent(before, after),
  ask: ({ value }) => (isObject(value) ? [list] : []),
  judge: ({ value }, answers) => {
    const reply = textOf(answers.get(list));
    if ("silent" in reply) return notObservable(`the directory is not shown: ${reply.silent}`);
    const wanted = isObject(value) && isArray(value["names"]) ? value["names"] : [];
    const unexpected = lines(reply.value).filter((name) => !always.includes(name) && !wanted.includes(name));
    return decide(unexpected.length === 0, { unexpected: unexpected.sort() });
  },
};

function namesOf(config: Config): { readonly value: Json; readonly at: string } {
  const { mounts = [], linux, process } = config;
  const table = mountTable(config);
  const above = table.findLast(({ destination }) => destination === "/dev" || isBelow("/dev", destination));
  if (above === undefined) return { value: "by-image", at: "/mounts" };
  if (above.destination !== "/dev" || above.bind || above.mount.type !== "tmpfs")
    return { value: "by-mount", at: above.at };
  // runc's own option: what the image has there is copied into it.
  if (above.mount.options?.includes("tmpcopyup") === true) return { value: "by-image", at: above.at };
  const paths = [
    ...mounts.map(({ destination }) => destination),
    ...(linux?.devices ?? []).map(({ path }) => path),
    ...(process?.terminal === true ? ["/dev/console"] : []),
  ].map(insidePath);
  const names = new Set(paths.filter((path) => isBelow(path, "/dev")).map(nameIn));
  return { value: { names: [...names].filter((name) => !always.includes(name)).sort() }, at: "/linux/devices" };
}

/** The name in /dev by which `path`, below it, is reached. */
function nameIn(path: string): string {
  return path.split("/")[2] ?? "";
}
