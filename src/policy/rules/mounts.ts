/** Mounts: each destination shows what the config mounts there, with its options in force. */
import { isObject, type JsonObject } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { askBorrowed, borrowed } from "../answers/borrowed.ts";
import { type MountEntry, mountOn, mountsOf } from "../answers/mounts.ts";
import { statOf } from "../answers/stat.ts";
import { wrongOptions } from "../answers/wrong-options.ts";
import { holds, notObservable, violated } from "../judgement.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Judgement, Promised, Rule } from "../rule.ts";
import { compareMounts } from "../view/compare-mounts.ts";
import { mountTable } from "../view/mount-table.ts";
import { mountValue } from "../view/mount-value.ts";

const mountTableQuestion: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `mount:<destination>`; the last mount on a destination counts. Value: `hidden` where a later mount above or a
 * masked path covers it, else `{ type, flags, size?, mode?, ptmxmode? }` with the flags that must be in force (more may be),
 * size in bytes, modes in octal. A file system that is not bound is the
 * cell's own, and whole. Which files a bind shows is the rule bind-source's.
 */
export const mounts: Rule = {
  id: "mounts",
  title: "Each mount is there with the options of the config in force",
  why: "A missing nosuid, nodev, noexec or ro, or a tmpfs without its size, is an open door that nobody sees.",
  level: "must",
  refs: [
    "OCI runtime spec: config.md, Mounts and Linux mount options",
    "mount(2)",
    "proc_pid_mountinfo(5)",
    "tmpfs(5)",
  ],
  kind: "isolation",
  promises: (config) =>
    mountTable(config).map((planned) => ({
      rule: "mounts",
      subject: `mount:${planned.destination}`,
      value: mountValue(planned),
      at: planned.at,
    })),
  compare: compareMounts,
  ask: (promised, cell) => {
    if (promised.value === "hidden") return [];
    const more = wantsMode(promised) ? [statQuestion(promised)] : [];
    return [mountTableQuestion, ...more, ...askBorrowed(promised, destinationOf(promised), cell)];
  },
  judge: (promised, answers, cell) => {
    const table = mountsOf(answers.get(mountTableQuestion));
    if ("silent" in table) return notObservable(`the mount table is not shown: ${table.silent}`);
    const entry = mountOn(table.value, destinationOf(promised));
    if (entry === undefined) return violated("nothing is mounted there");
    if (!isObject(promised.value)) return violated(entry.type);
    return judgeEntry(promised, promised.value, entry, answers, cell);
  },
};

/** What is wrong is named beside what the table shows. What the table never shows is neither right nor wrong. */
function judgeEntry(
  promised: Promised,
  wanted: JsonObject,
  entry: MountEntry,
  answers: Answers,
  cell: CellFacts,
): Judgement {
  const options = wrongOptions(wanted, entry, cell.unshownMountOptions);
  const { unshown } = options;
  const asked = askBorrowed(promised, destinationOf(promised), cell);
  const wrong = [...options.wrong, ...borrowed(wanted, entry, asked, answers)];
  const seen = { type: entry.type, options: entry.options, superOptions: entry.superOptions };
  const asFarAsShown = (mode?: { readonly mode: string }): Judgement =>
    unshown.length === 0 ? holds({ ...seen, ...mode }) : notObservable(`not shown of any mount: ${unshown.join(", ")}`);
  if (!wantsMode(promised)) return wrong.length === 0 ? asFarAsShown() : violated({ ...seen, wrong });
  const stat = statOf(answers.get(statQuestion(promised)));
  if ("silent" in stat) {
    return wrong.length > 0 ? violated({ ...seen, wrong }) : notObservable(`the mode is not shown: ${stat.silent}`);
  }
  const mode = stat.value.mode.toString(8);
  const all = mode === wanted["mode"] ? wrong : [...wrong, `mode ${mode}`];
  return all.length === 0 ? asFarAsShown({ mode }) : violated({ ...seen, mode, wrong: all });
}

/** The mode of a tmpfs is that of its top directory. */
function wantsMode({ value }: Promised): boolean {
  return isObject(value) && value["type"] === "tmpfs" && typeof value["mode"] === "string";
}

function statQuestion(promised: Promised): Question {
  return { on: "cell", ask: "stat", path: destinationOf(promised) };
}

function destinationOf({ subject }: Promised): string {
  return subject.slice("mount:".length);
}
