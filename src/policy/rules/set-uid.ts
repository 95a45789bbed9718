/** Set-user-id files: what executing one gives the process. */
import { isObject, type Json } from "../../json/value.ts";
import type { Config, IdMapping, Integer } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { resultName } from "../answers/errno.ts";
import { outcomeOf, resultOf } from "../answers/reply.ts";
import { statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { hostId } from "../view/host-id.ts";
import { limitedInteger } from "../view/integer.ts";
import { mountTable, type PlannedMount } from "../view/mount-table.ts";
import { namespaceMode } from "../view/namespaces.ts";
import { hasFlag, kindOf, type MountKind, ownPath, ownPlace } from "../view/own-file.ts";

const status: Question = { on: "cell", ask: "status" };
const host: Question = { on: "host", ask: "read", path: "/proc/self/status" };

/** Users that may be another one than the process's own and mapped; their low bytes differ. */
const others: readonly number[] = [0, 1, 1000, 100, 2];

/**
 * Subjects `set-uid:/` and `set-uid:<destination>` for each other mount. Value: `hidden`, `undecided` (a joined user namespace,
 * or no second user), or `{ gains, by, owner, user, group, on, source? }`: whether a program that belongs to another user of
 * the cell runs as that user, and whether no-new-privileges or the mount is the reason if not; then who that user and the
 * process's group are on the host. Judged in the root file system always, on a mount where the mount is the reason.
 */
export const setUid: Rule = {
  id: "set-uid",
  title: "A set-user-id file gives its user to a build only where nothing forbids it",
  why: "A root shell that somebody left in an input or a cache is root of the cell with one command.",
  level: "must",
  refs: [
    "OCI runtime spec: config.md, Linux Process (noNewPrivileges), Linux mount options (nosuid)",
    "execve(2)",
    "mount(2), MS_NOSUID",
    "PR_SET_NO_NEW_PRIVS(2const)",
  ],
  kind: "isolation",
  promises: (config) => {
    const table = mountTable(config);
    const root = table.find(({ destination }) => destination === "/");
    return [
      { rule: "set-uid", subject: "set-uid:/", value: ofRoot(config, root), at: "/process/noNewPrivileges" },
      ...table
        .filter((planned) => planned !== root)
        .map((planned) => ({
          rule: "set-uid",
          subject: `set-uid:${planned.destination}`,
          value: planned.hidden ? "hidden" : promiseFor(config, hasFlag(planned, "nosuid"), kindOf(planned)),
          at: `${planned.at}/options`,
        })),
    ];
  },
  compare: (before, after) => byRank(before, after, rank),
  ask: (promised, cell) => {
    const { value } = promised;
    if (!isObject(value) || value["on"] === "other") return [];
    const path = pathOf(promised);
    const execute = { on: "cell", ask: "call", call: "execute", argument: path } as const;
    const setUserId = { user: Number(value["user"]), group: Number(value["group"]) };
    const program = { program: "effective-user", setUserId } as const;
    if (promised.subject === "set-uid:/") return [{ ...execute, prepared: program }, status, host];
    if (value["by"] !== "mount") return [];
    const place = ownPlace(value, "set-uid", cell);
    if (place !== undefined) return [{ ...execute, prepared: { ...program, place } }, status, host];
    return [make(promised), execute, { on: "cell", ask: "call", call: "remove", argument: path }, status, host];
  },
  judge,
};

function judge(promised: Promised, answers: Answers): Judgement {
  const value = isObject(promised.value) ? promised.value : {};
  if (value["on"] === "tmpfs") {
    const made = resultOf(answers.get(make(promised)));
    if ("silent" in made) return notObservable(`no such program was made there: ${made.silent}`);
    if (made.value < 0) return notObservable(`no such program was made there: ${resultName(made.value)}`);
  }
  const tried = outcomeOf(answers.get({ on: "cell", ask: "call", call: "execute", argument: pathOf(promised) }));
  if ("silent" in tried) return notObservable(`it was not executed: ${tried.silent}`);
  if (typeof tried.value === "number") return notObservable(`it does not run: ${resultName(tried.value)}`);
  const reply = statusOf(answers.get(status));
  const own = "value" in reply ? reply.value.uids?.[1] : undefined;
  if (own === undefined) return notObservable("the process status does not show the user");
  const ended = "exit" in tried.value ? tried.value.exit : -1;
  const owner = Number(value["owner"]);
  if (ended !== (owner & 0xff) && ended !== (own & 0xff)) return notObservable("it ended in another way than ours do");
  const gained = ended === (owner & 0xff);
  const jail = statusOf(answers.get(host));
  if (!gained && value["gains"] === true && "value" in jail && jail.value.noNewPrivileges === true) {
    return notObservable("the host's own processes have no-new-privileges, and it cannot be cleared");
  }
  return decide(gained === value["gains"], { user: gained ? owner : own });
}

function ofRoot(config: Config, over: PlannedMount | undefined): Json {
  const value = promiseFor(config, over !== undefined && hasFlag(over, "nosuid"), { on: "other" });
  return isObject(value) ? { ...value, on: "root" } : value;
}

function promiseFor(config: Config, nosuid: boolean, kind: MountKind): Json {
  const owner = otherUser(config);
  if (owner === undefined) return "undecided";
  const by = config.process?.noNewPrivileges === true ? "process" : nosuid ? "mount" : "nothing";
  return { gains: by === "nothing", by, ...owner, ...kind };
}

/** A user of the cell that is not the process's own, and ids of the host: this user and the process's group. Both must be mapped. */
function otherUser(config: Config): { readonly owner: number; readonly user: Json; readonly group: Json } | undefined {
  const mode = namespaceMode(config, "user");
  if (mode !== "private" && mode !== "shared") return undefined;
  const outside = (id: Integer, mappings: readonly IdMapping[] = []): number | bigint | undefined =>
    mode === "shared" ? limitedInteger(id) : hostId(id, mappings);
  const { uid: own = 0, gid = 0 } = config.process?.user ?? {};
  const group = outside(gid, config.linux?.gidMappings);
  for (const owner of others) {
    const user = outside(owner, config.linux?.uidMappings);
    const differs = (owner & 0xff) !== Number(BigInt(own) & 0xffn);
    if (differs && user !== undefined && group !== undefined) return { owner, user, group };
  }
  return undefined;
}

/** What is hidden or not there gives nothing. */
function rank(value: Json): number {
  if (isObject(value)) return value["gains"] === true ? 2 : 0;
  return value === "undecided" ? 1 : 0;
}

function pathOf({ subject }: Promised): string {
  const destination = subject.slice("set-uid:".length);
  return destination === "/" ? "/.cupel/set-uid" : ownPath(destination, "set-uid");
}

function make(promised: Promised): Question {
  const owner = isObject(promised.value) ? promised.value["owner"] : 0;
  return { on: "cell", ask: "call", call: "make-set-uid-program", argument: `${owner} ${pathOf(promised)}` };
}
