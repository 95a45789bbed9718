/** The Linux part. Spec: config-linux.md. */
import {
  memoryPolicyFlags,
  memoryPolicyModes,
  namespaceTypes,
  personalityDomains,
  rootfsPropagations,
} from "../vocabulary.ts";
import { devicesShape } from "./devices-shape.ts";
import { idMappings } from "./id-mappings.ts";
import type { Place } from "./place.ts";
import { textMember } from "./reach.ts";
import { eachRepeat } from "./repeats.ts";
import { resourcesShape } from "./resources-shape.ts";
import { seccompShape } from "./seccomp-shape.ts";
import {
  absolutePath,
  both,
  type Check,
  deprecated,
  flag,
  int64,
  integer,
  list,
  map,
  object,
  oneOf,
  text,
  textLike,
} from "./shapes.ts";
import { quote } from "./words.ts";

const namespace = object(
  { type: oneOf(namespaceTypes, "namespace type", "unknown-namespace"), path: absolutePath },
  { required: ["type"] },
);

const namespaces = list(namespace, (items, place) => {
  eachRepeat(
    items,
    (item) => textMember(item, "type"),
    (index, first, type) => {
      place.at(index).report("duplicate-namespace", `expected ${quote(type)} once; entry ${first} has it already`);
    },
  );
});

const timeOffset = object({
  secs: int64,
  nanosecs: integer(0, 999_999_999, "a number of nanoseconds below one second (0 to 999999999)"),
});

/** netdevice(7): at most 15 bytes, no `/`, no white space, not a directory's own name. */
const INTERFACE = /^(?!\.{1,2}$)[^/\s:]{1,15}$/u;
const WANTED_INTERFACE = "a network interface name (1 to 15 characters without / : and white space)";

function interfaceName(name: string, place: Place): void {
  if (!INTERFACE.test(name)) place.report("bad-value", `expected ${WANTED_INTERFACE}, found ${quote(name)}`);
}

const netDevices = map(object({ name: textLike(INTERFACE, WANTED_INTERFACE) }), interfaceName);

const intelRdt = object({
  closID: textLike(/^(?:\/|(?!\.{1,2}$)[^/\n]+)$/, "the name of a resctrl directory, or / for the default one"),
  schemata: list(textLike(/^[^\n]*$/, "one line of a resctrl schemata file")),
  l3CacheSchema: both(text, (value, place) => {
    if (typeof value === "string" && !/^L3:[^\n]*$/.test(value)) {
      place.report("odd-value", `expected one line that starts with L3:, found ${quote(value)}`);
    }
  }),
  memBwSchema: textLike(/^MB:[^\n]*$/, "one line that starts with MB:"),
  enableMonitoring: flag,
  enableCMT: deprecated(flag, "enableMonitoring took its place"),
  enableMBM: deprecated(flag, "enableMonitoring took its place"),
});

const memoryPolicy = object(
  {
    mode: oneOf(memoryPolicyModes, "memory policy"),
    nodes: textLike(/^[0-9, -]*$/, "a list of memory nodes such as 0-3,7"),
    flags: list(oneOf(memoryPolicyFlags, "memory policy flag")),
  },
  { required: ["mode"] },
);

const personality = object(
  {
    domain: oneOf(personalityDomains, "execution domain"),
    flags: list(text, (items, place) => {
      if (items.length > 0)
        place.report("bad-value", "expected an empty list; the specification has no such flags yet");
    }),
  },
  { required: ["domain"] },
);

const sysctl = map(text, (name, place) => {
  if (name === "") place.report("bad-value", "expected the name of a sysctl, found an empty key");
});

/** `/linux`. */
export const linuxShape: Check = object({
  namespaces,
  uidMappings: idMappings,
  gidMappings: idMappings,
  timeOffsets: object({ boottime: timeOffset, monotonic: timeOffset }),
  devices: devicesShape,
  netDevices,
  cgroupsPath: text,
  resources: resourcesShape,
  intelRdt,
  memoryPolicy,
  sysctl,
  seccomp: seccompShape,
  rootfsPropagation: oneOf(rootfsPropagations, "propagation"),
  maskedPaths: list(absolutePath),
  readonlyPaths: list(absolutePath),
  mountLabel: text,
  personality,
});
