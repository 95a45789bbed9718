/** The seccomp filter. Spec: config-linux.md, "Seccomp"; seccomp(2). */
import type { JsonObject } from "../../json/value.ts";
import {
  seccompActions,
  seccompArchitectures,
  seccompErrnoActions,
  seccompFlags,
  seccompOperators,
} from "../vocabulary.ts";
import type { Place } from "./place.ts";
import { textMember } from "./reach.ts";
import { type Check, integer, list, object, oneOf, text, textLike, uint32, uint64 } from "./shapes.ts";
import { quote } from "./words.ts";

const action = oneOf(seccompActions, "seccomp action", "unknown-seccomp-action");

const argument = object(
  {
    index: integer(0, 5, "the position of an argument of a system call (0 to 5)"),
    value: uint64,
    valueTwo: uint64,
    op: oneOf(seccompOperators, "seccomp operator", "unknown-seccomp-operator"),
  },
  { required: ["index", "value", "op"] },
);

const rule = object(
  {
    names: list(textLike(/./su, "the name of a system call"), (names, place) => {
      if (names.length === 0) place.report("empty-list", "expected at least one system call");
    }),
    action,
    errnoRet: uint32,
    args: list(argument),
  },
  { required: ["names", "action"], also: (value, place) => reportErrno(value, "action", "errnoRet", place) },
);

/** An errno is refused by runtimes where the action has no use for it. */
function reportErrno(value: JsonObject, actionKey: string, errnoKey: string, place: Place): void {
  const used = textMember(value, actionKey);
  if (used === undefined || !Object.hasOwn(value, errnoKey)) return;
  if (!seccompActions.includes(used) || seccompErrnoActions.includes(used)) return;
  const message = `expected no errno for ${quote(used)}; only ${seccompErrnoActions.join(" and ")} have one`;
  place.at(errnoKey).report("misplaced-errno", message);
}

/** `/linux/seccomp`. */
export const seccompShape: Check = object(
  {
    defaultAction: action,
    defaultErrnoRet: uint32,
    architectures: list(oneOf(seccompArchitectures, "seccomp architecture", "unknown-seccomp-architecture")),
    flags: list(oneOf(seccompFlags, "seccomp flag", "unknown-seccomp-flag")),
    listenerPath: text,
    listenerMetadata: text,
    syscalls: list(rule),
  },
  {
    required: ["defaultAction"],
    also: (value, place) => {
      reportErrno(value, "defaultAction", "defaultErrnoRet", place);
      if (Object.hasOwn(value, "listenerMetadata") && !Object.hasOwn(value, "listenerPath")) {
        place.report("missing-key", 'expected the key "listenerPath", without which "listenerMetadata" has no reader');
      }
    },
  },
);
