/** The process. Spec: config.md, "process". */
import type { JsonObject } from "../../json/value.ts";
import { ioPriorityClasses, rlimitTypes, schedulerFlags, schedulerPolicies } from "../vocabulary.ts";
import { capabilitiesShape } from "./capabilities-shape.ts";
import { environment } from "./environment.ts";
import type { Place } from "./place.ts";
import { integerMember, textMember } from "./reach.ts";
import { eachRepeat } from "./repeats.ts";
import {
  absolutePath,
  both,
  type Check,
  flag,
  foreign,
  integer,
  list,
  object,
  oneOf,
  text,
  textLike,
  uint32,
  uint64,
} from "./shapes.ts";
import { quote } from "./words.ts";

const args = list(text, (items, place) => {
  if (items.length === 0) place.report("empty-list", "expected at least one argument, the program to run");
});

const umask = both(uint32, (value, place) => {
  if ((typeof value === "number" || typeof value === "bigint") && value > 0o777) {
    place.report("odd-value", `expected a umask of at most 511 (0777), found ${quote(value)}`);
  }
});

const user = object(
  { uid: uint32, gid: uint32, umask, additionalGids: list(uint32), username: foreign("Windows") },
  { required: ["uid", "gid"] },
);

const rlimit = object(
  { type: oneOf(rlimitTypes, "limit", "unknown-rlimit"), soft: uint64, hard: uint64 },
  {
    required: ["type", "soft", "hard"],
    also: (value, place) => {
      const soft = integerMember(value, "soft");
      const hard = integerMember(value, "hard");
      if (soft !== undefined && hard !== undefined && soft > hard) {
        place.report("soft-above-hard", `expected a soft limit of at most the hard limit ${hard}, found ${soft}`);
      }
    },
  },
);

const rlimits = list(rlimit, (items, place) => {
  eachRepeat(
    items,
    (item) => textMember(item, "type"),
    (index, first, type) => {
      place.at(index).report("duplicate-rlimit", `expected ${quote(type)} once; entry ${first} sets it already`);
    },
  );
});

const scheduler = object(
  {
    policy: oneOf(schedulerPolicies, "scheduling policy"),
    nice: integer(-20, 19, "a nice value from -20 to 19"),
    priority: integer(0, 99, "a priority from 0 to 99"),
    flags: list(oneOf(schedulerFlags, "scheduling flag")),
    runtime: uint64,
    deadline: uint64,
    period: uint64,
  },
  { required: ["policy"] },
);

const ioPriority = object(
  { class: oneOf(ioPriorityClasses, "I/O priority class"), priority: integer(0, 7, "a priority from 0 to 7") },
  { required: ["class", "priority"] },
);

const cpuList = textLike(/^[0-9, -]*$/, "a list of CPUs such as 0-3,7");

/** Windows says `commandLine` where Linux says `args`. */
function needArgs(process: JsonObject, place: Place): void {
  if (!Object.hasOwn(process, "args") && !Object.hasOwn(process, "commandLine")) {
    place.report("missing-key", 'expected the key "args", which is required on Linux');
  }
}

/** `/process`. */
export const processShape: Check = object(
  {
    terminal: flag,
    consoleSize: object({ height: uint64, width: uint64 }, { required: ["height", "width"] }),
    user,
    args,
    commandLine: foreign("Windows"),
    env: environment,
    cwd: absolutePath,
    capabilities: capabilitiesShape,
    rlimits,
    noNewPrivileges: flag,
    apparmorProfile: text,
    oomScoreAdj: integer(-1000, 1000, "an adjustment from -1000 to 1000"),
    scheduler,
    selinuxLabel: text,
    ioPriority,
    execCPUAffinity: object({ initial: cpuList, final: cpuList }),
  },
  { required: ["cwd"], also: needArgs },
);
