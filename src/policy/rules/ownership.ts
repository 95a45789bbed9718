/** Ownership: who owns on the host what the cell writes. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Config, IdMapping, Integer } from "../../oci/config.ts";
import { resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, notObservable } from "../judgement.ts";
import type { CellFacts, Comparison, Promised, Rule } from "../rule.ts";
import { hostId } from "../view/host-id.ts";
import { limitedInteger } from "../view/integer.ts";
import { mountTable, type PlannedMount } from "../view/mount-table.ts";
import { namespaceMode } from "../view/namespaces.ts";
import { bindAccess, type WriteProbe, writeProbe } from "../view/write-probe.ts";

/**
 * Subjects `ownership:<destination>`, one for each bind. Value: `{ uid, gid, source }` with ids of the host; an id that the
 * user namespace does not map is `unmapped`. `nothing` where the bind is read-only or hidden; `elsewhere` where an id-mapped
 * mount or a joined user namespace decides. Nothing is asked but where both ids are known.
 */
export const ownership: Rule = {
  id: "ownership",
  title: "What the cell writes belongs on the host to the mapped user",
  why: "Files of a build that belong to root of the host, or to nobody, cannot be collected or removed safely.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, User namespace mappings", "user_namespaces(7)", "inode(7)"],
  kind: "isolation",
  promises: (config) =>
    mountTable(config)
      .filter(({ bind }) => bind)
      .map((planned) => ({
        rule: "ownership",
        subject: `ownership:${planned.destination}`,
        value: ownerOf(planned, config),
        at: planned.at,
      })),
  compare: compareOwners,
  ask: (promised, cell) => {
    if (!isObject(promised.value)) return [];
    if (promised.value["uid"] === "unmapped" || promised.value["gid"] === "unmapped") return [];
    const { create, made, source } = probeOf(promised, cell);
    return [create, made, source];
  },
  judge: (promised, answers, cell) => {
    const probe = probeOf(promised, cell);
    const create = resultOf(answers.get(probe.create));
    if ("silent" in create) return notObservable(`no file was made: ${create.silent}`);
    if (create.value < 0) return notObservable(`no file was made: ${resultName(create.value)}`);
    const made = statOf(answers.get(probe.made));
    if ("silent" in made) return notObservable(`the host does not see the file: ${made.silent}`);
    const source = statOf(answers.get(probe.source));
    if ("silent" in source) return notObservable(`the host does not see the source: ${source.silent}`);
    // A set-group-id directory gives its own group to what is made in it (inode(7)).
    const inherits = (source.value.mode & 0o2000) !== 0;
    const wanted = inherits ? { ...idsOf(promised.value), gid: source.value.gid } : idsOf(promised.value);
    const seen = { uid: made.value.uid, gid: made.value.gid };
    return decide(equalJson(seen, wanted), seen);
  },
};

function ownerOf(planned: PlannedMount, config: Config): Json {
  if (bindAccess(planned) !== "writable") return "nothing";
  const options = planned.mount.options ?? [];
  const mode = namespaceMode(config, "user");
  const idMapped = planned.mount.uidMappings !== undefined || options.includes("idmap") || options.includes("ridmap");
  if (idMapped || (mode !== "private" && mode !== "shared")) return "elsewhere";
  const on = (id: Integer, mappings: readonly IdMapping[] = []): Json =>
    mode === "shared" ? limitedInteger(id) : (hostId(id, mappings) ?? "unmapped");
  const { uid = 0, gid = 0 } = config.process?.user ?? {};
  return {
    uid: on(uid, config.linux?.uidMappings),
    gid: on(gid, config.linux?.gidMappings),
    source: planned.mount.source ?? "",
  };
}

/** Files of the host's root are weaker than those of any other user. Where nothing is written there is nothing to own. */
function compareOwners(before: Json, after: Json): Comparison {
  if (!isObject(before) || !isObject(after)) {
    if (!isObject(before) && !isObject(after))
      return before === "elsewhere" || after === "elsewhere" ? "different" : "same";
    const root = rootOwns(before) || rootOwns(after);
    return root ? (rootOwns(after) ? "weaker" : "stronger") : "different";
  }
  if (equalJson(idsOf(before), idsOf(after))) return "same";
  if (rootOwns(before) === rootOwns(after)) return "different";
  return rootOwns(after) ? "weaker" : "stronger";
}

function rootOwns(value: Json): boolean {
  return isObject(value) && value["uid"] === 0;
}

function idsOf(value: Json): { readonly uid: Json; readonly gid: Json } {
  const { uid = null, gid = null } = isObject(value) ? value : {};
  return { uid, gid };
}

function probeOf({ subject, value, at }: Promised, cell: CellFacts): WriteProbe {
  const source = isObject(value) ? value["source"] : undefined;
  return writeProbe(at, subject.slice("ownership:".length), typeof source === "string" ? source : "", cell);
}
