/** The mounts. Spec: config.md, "Mounts" and "Linux mount options". */
import type { Json, JsonObject } from "../../json/value.ts";
import { findMountOption } from "../mount-options.ts";
import { idMappings } from "./id-mappings.ts";
import type { Place } from "./place.ts";
import { textMember, textsOf } from "./reach.ts";
import { both, type Check, list, object, text, textLike } from "./shapes.ts";
import { quote } from "./words.ts";

/** Longer paths the kernel refuses (path_resolution(7)). */
const PATH_MAX = 4096;

const destination = both(textLike(/./su, "a path inside the container"), (value, place) => {
  if (typeof value === "string" && value !== "" && !value.startsWith("/")) {
    place.report("relative-destination", `expected an absolute path, found ${quote(value)}, which means one below /`);
  }
});

const mount = object(
  {
    destination,
    source: text,
    type: text,
    options: list(text),
    uidMappings: idMappings,
    gidMappings: idMappings,
  },
  {
    required: ["destination"],
    also: (value, place) => {
      reportMaking(value, place);
      reportContradictions(value, place);
      reportMapping(value, place);
    },
  },
);

/** `/mounts`. */
export const mountsShape: Check = list(mount, reportHidden);

/** Whether and of what it is a bind mount: only the options `bind` and `rbind` say so, the type does not. */
function reportMaking(mount: JsonObject, place: Place): void {
  const options = textsOf(mount, "options");
  if (options.includes("remount")) return;
  const type = textMember(mount, "type") ?? "";
  if (!options.includes("bind") && !options.includes("rbind")) {
    if (type === "bind")
      place.report("bind-without-option", 'expected the option "bind" or "rbind" beside the type "bind"');
    else if (type === "")
      place.report("mount-without-type", 'expected a file system type, or the option "bind" or "rbind"');
    return;
  }
  if ((textMember(mount, "source") ?? "") === "") {
    place.report("missing-key", 'expected the key "source", the path that the bind mount shows');
  }
  const data = options.find((option) => findMountOption(option) === undefined);
  if (data !== undefined) {
    place.report("ineffective-option", `expected no file system data on a bind mount, found ${quote(data)}`);
  }
}

function reportContradictions(mount: JsonObject, place: Place): void {
  const words = textsOf(mount, "options");
  if (words.length < 2) return;
  const seen = new Map<string, { readonly word: string; readonly on: boolean }>();
  for (const word of words) {
    const option = findMountOption(word);
    if (option === undefined) continue;
    const slot = `${option.kind} ${option.name}`;
    const before = seen.get(slot);
    if (before !== undefined && before.on !== option.on) {
      const message = `expected ${quote(before.word)} or ${quote(word)}, not both; the later one counts`;
      place.report("contradicting-options", message);
    }
    seen.set(slot, { word, on: option.on });
  }
}

function reportMapping(mount: JsonObject, place: Place): void {
  const uid = Object.hasOwn(mount, "uidMappings");
  const gid = Object.hasOwn(mount, "gidMappings");
  if (uid !== gid) {
    const absent = uid ? "gidMappings" : "uidMappings";
    place.report("missing-key", `expected the key ${quote(absent)} too; a mount maps both kinds of ids or none`);
  }
  if ((uid || gid) && !textsOf(mount, "options").some((option) => option === "idmap" || option === "ridmap")) {
    const message =
      'expected the option "idmap" or "ridmap" beside id mappings, which a runtime may pass over otherwise';
    place.report("mappings-without-idmap", message);
  }
}

/** Mounts are made in order, so a later one hides what was mounted at or below its destination. */
function reportHidden(mounts: readonly Json[], place: Place): void {
  const later = new Map<string, number>();
  const hidden: (() => void)[] = [];
  for (let index = mounts.length - 1; index >= 0; index--) {
    const written = textMember(mounts[index], "destination");
    if (written === undefined || written.length > PATH_MAX || textsOf(mounts[index], "options").includes("remount")) {
      continue;
    }
    const target = plainPath(written);
    const over = later.size === 0 ? undefined : nearestOf(later, target);
    if (over !== undefined) {
      const by = `the later entry ${later.get(over)}`;
      const here = place.at(index);
      if (over === target) {
        hidden.push(() => here.report("duplicate-mount", `expected one mount on ${quote(over)}; ${by} hides this one`));
      } else {
        hidden.push(() =>
          here.report("hidden-mount", `expected nothing mounted over this; ${by} on ${quote(over)} hides it`),
        );
      }
    }
    later.set(target, index);
  }
  for (const report of hidden.reverse()) report();
}

/** The plain path `path`, or else the nearest directory above it, that is one of `paths`. */
function nearestOf(paths: ReadonlyMap<string, number>, path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const directory = path.slice(0, end);
    if (paths.has(directory)) return directory;
  }
  return paths.has("/") ? "/" : undefined;
}

/** The path without empty and `.` parts, with `..` resolved by name, below `/`. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
