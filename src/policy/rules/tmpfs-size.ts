/** Size of a tmpfs: how much a build can write into memory. */
import { isObject, type Json } from "../../json/value.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf, textOf } from "../answers/reply.ts";
import { holds, notObservable, violated } from "../judgement.ts";
import { byAmount } from "../order.ts";
import type { Question } from "../question.ts";
import type { Comparison, Promised, Rule } from "../rule.ts";
import { byteSize } from "../view/byte-size.ts";
import { mountTable, type PlannedMount } from "../view/mount-table.ts";
import { optionFlags } from "../view/option-flags.ts";
import { ownPath } from "../view/own-file.ts";

/** A greater size is not tried: too much of the machine's memory would be taken when it is not in force. */
const mostTried = 256 * 1024 * 1024;

/**
 * Subjects `size:<destination>`, one for each tmpfs. Value: `{ bytes }`; `half-of-memory`, the kernel's own size, without the
 * option; `share-of-memory` for one in percent; `hidden`. Judged by the size that the kernel tells, and up to
 * {@link mostTried} also by asking for more than that in one file, which must be refused: nothing is written.
 */
export const tmpfsSize: Rule = {
  id: "tmpfs-size",
  title: "A tmpfs holds as much as its size says and no more",
  why: "What a build writes there is memory of the machine; without a size it may take half of it.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Mounts", "tmpfs(5)", "statfs(2)", "fallocate(2), ENOSPC"],
  kind: "isolation",
  promises: (config) =>
    mountTable(config)
      .filter(({ mount, bind }) => mount.type === "tmpfs" && !bind)
      .map((planned) => ({
        rule: "tmpfs-size",
        subject: `size:${planned.destination}`,
        value: sizeOf(planned),
        at: `${planned.at}/options`,
      })),
  compare,
  ask: (promised) => {
    if (!isObject(promised.value)) return [];
    const space: Question = { on: "cell", ask: "space", path: destinationOf(promised) };
    return bytesIn(promised.value) <= mostTried ? [space, allocate(promised)] : [space];
  },
  judge: (promised, answers) => {
    const text = textOf(answers.get({ on: "cell", ask: "space", path: destinationOf(promised) }));
    if ("silent" in text) return notObservable(`the size is not shown: ${text.silent}`);
    const [block, blocks] = /^([0-9]+) ([0-9]+)$/.exec(text.value)?.slice(1).map(BigInt) ?? [];
    if (block === undefined || blocks === undefined) return notObservable("the answer is not a size");
    const wanted = bytesIn(promised.value);
    const size = block * blocks;
    // The kernel rounds up to whole pages.
    if (size < wanted || size - wanted >= 65_536n) return violated({ bytes: String(size) });
    if (wanted > mostTried) return holds({ bytes: String(size) });
    const more = resultOf(answers.get(allocate(promised)));
    if ("silent" in more) return notObservable(`more was not asked for: ${more.silent}`);
    if (more.value >= 0) return violated({ bytes: String(size), more: "granted" });
    if (failedWith(more.value, "ENOSPC")) return holds({ bytes: String(size), more: "ENOSPC" });
    // Who may not write there takes no memory, and the size is what the kernel says it is.
    if (failedWith(more.value, "EACCES", "EROFS")) return holds({ bytes: String(size), more: "cannot be written to" });
    return notObservable(`asking for more fails with ${resultName(more.value)}`);
  },
};

function sizeOf({ mount, bind, hidden }: PlannedMount): Json {
  if (hidden) return "hidden";
  const text = optionFlags(mount, bind).data.get("size");
  if (text === undefined || text === "" || text === "0") return "half-of-memory";
  const bytes = byteSize(text);
  return bytes === undefined ? "share-of-memory" : { bytes };
}

/** Something that is not there, or not seen, holds nothing. */
function compare(before: Json, after: Json): Comparison {
  return byAmount(amount(before), amount(after));
}

function amount(value: Json): bigint {
  if (isObject(value)) return bytesIn(value);
  return value === "half-of-memory" || value === "share-of-memory" ? 2n ** 64n : 0n;
}

function bytesIn(value: Json): bigint {
  const bytes = isObject(value) ? value["bytes"] : undefined;
  return typeof bytes === "number" || typeof bytes === "bigint" ? BigInt(bytes) : 0n;
}

function destinationOf({ subject }: Promised): string {
  return subject.slice("size:".length);
}

function allocate(promised: Promised): Question {
  const size = bytesIn(promised.value) + 65_536n;
  return {
    on: "cell",
    ask: "call",
    call: "allocate",
    argument: `${size} ${ownPath(destinationOf(promised), "space")}`,
  };
}
