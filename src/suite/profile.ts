/** How a runtime is started and what it is known not to show: profiles/<name>.json. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError } from "../format/format-error.ts";
import { locate } from "../format/locate.ts";
import { named } from "../format/named.ts";
import { readDocument } from "../format/read-document.ts";
import type { Json } from "../json/value.ts";
import type { StandInFile } from "../policy/question.ts";
import { nearestRule, rules } from "../policy/rules.ts";
import { systems } from "../systems/registry.ts";
import type { Same } from "../systems/same-type.ts";

/** What a flag may depend on: a statement about the config that is run. */
export const predicates = ["network-private", "network-shared", "seccomp", "no-resources", "no-cgroup-path"] as const;
/** What may be put around a runtime. */
export const wraps = ["hybrid-cgroup-shim"] as const;
/** Kinds of config that a runtime may hang on, or show less of. */
export const lints = ["id-maps-without-user-namespace", "proc-of-the-host", "process-not-root"] as const;

/** How a runtime is driven: by the command lines of its profile, or as cells of metalor are, by tools of the host. */
export const kinds = ["oci", "unshare"] as const;

/** One of {@link kinds}. */
export type Kind = (typeof kinds)[number];
/** One of {@link predicates}. */
export type Predicate = (typeof predicates)[number];
/** One of {@link wraps}. */
export type Wrap = (typeof wraps)[number];
/** One of {@link lints}. */
export type Lint = (typeof lints)[number];

/** Promises that cannot be seen under a runtime where the config is of one kind, or where just this is promised. */
export interface BlindSpot {
  /** Rules, or globs over `RULE[SUBJECT]`. */
  readonly checks: readonly string[];
  readonly when?: Lint;
  /** Of an object these members, with these values; else the whole value. */
  readonly promised?: Json;
  readonly reason: string;
}

/** A part of every config of which a runtime takes no notice: where it is, as in a mutant's patch. */
export interface Ignored {
  readonly at: string;
  readonly where?: { readonly [key: string]: Json };
  readonly value?: Json;
  /** Only where the config is of that kind. */
  readonly when?: Lint;
  /** Only of mutants that weaken nothing but these: rules, or globs over `RULE[SUBJECT]`. */
  readonly checks?: readonly string[];
  readonly reason: string;
}

/** What keeps a runtime from starting a cell: a cell that does not start with it is started without it, to see the rest. */
export interface Obstacle {
  readonly when?: Lint;
  /** As in a mutant's patch. */
  readonly remove: readonly {
    readonly at: string;
    readonly where?: { readonly [key: string]: Json };
    readonly value?: Json;
  }[];
  readonly reason: string;
}

/** A runtime profile. Command lines are lists of words; the words {runtime} {root} {log} {bundle} {id} are filled in. */
export interface Profile {
  readonly $schema?: string;
  /** What check ids call the runtime. */
  readonly name: string;
  /** `oci` when absent. Of the kind `unshare`, `run`, `kill` and `delete` are empty: see runner/execute/runtime/unshare.ts. */
  readonly kind?: Kind;
  /** The only systems whose cells it takes; all when absent. */
  readonly systems?: readonly string[];
  /** Not missed where it is not installed: nothing is skipped for it unless somebody names it. */
  readonly optional?: boolean;
  readonly versionArgs: readonly string[];
  /** Runs a bundle to its end. */
  readonly run: readonly string[];
  /** More arguments for `run`, right behind the program, where the config is of that kind. */
  readonly flags: readonly { readonly args: readonly string[]; readonly when?: Predicate }[];
  readonly kill: readonly string[];
  readonly delete: readonly string[];
  /** Says whether a cell is running. */
  readonly state?: readonly string[];
  /** Says what the runtime can do (OCI runtime spec, features.md); not asked when absent. */
  readonly features?: readonly string[];
  /** Whether root's id maps of more than one range are left to newuidmap(1) too, which wants an entry in /etc/subuid. */
  readonly mapsByTools?: boolean;
  readonly wraps: readonly Wrap[];
  /** By rule, or by `RULE[SUBJECT]` as a glob: why these promises cannot be seen under this runtime. */
  readonly cannotObserve: { readonly [rule: string]: string };
  /** The same under conditions. */
  readonly cannotObserveWhere?: readonly BlindSpot[];
  /** A mutant that changes nothing but these is not tried on this runtime: there is nothing to notice. */
  readonly ignores?: readonly Ignored[];
  /** Words of mount options that its mount table never shows, in force or not. */
  readonly unshownMountOptions?: readonly string[];
  /** Device and inode numbers in a cell are not the host's. */
  readonly ownInodes?: boolean;
  /** A kernel of its own: the first word of the process on the host to look at, by what is read of it in /proc/PID. */
  readonly standIns?: { readonly [file in StandInFile]?: string };
  readonly startsWithout?: readonly Obstacle[];
  /** Configs that are not given to this runtime because it would hang. */
  readonly hangs: readonly { readonly lint: Lint; readonly reason: string }[];
  /** Where a terminal comes from: script(1), or the runtime makes none. */
  readonly terminal: "script" | "none";
}

const words = v.array(v.string());

const schema = closed({
  $schema: v.exactOptional(v.string()),
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "a name of small letters, digits and dashes")),
  kind: v.exactOptional(v.picklist(kinds)),
  systems: v.exactOptional(words),
  optional: v.exactOptional(v.boolean()),
  versionArgs: words,
  run: words,
  flags: v.array(closed({ args: words, when: v.exactOptional(v.picklist(predicates)) })),
  kill: words,
  delete: words,
  state: v.exactOptional(words),
  features: v.exactOptional(words),
  mapsByTools: v.exactOptional(v.boolean()),
  wraps: v.array(v.picklist(wraps)),
  cannotObserve: named(v.string()),
  cannotObserveWhere: v.exactOptional(
    v.array(
      closed({
        checks: words,
        when: v.exactOptional(v.picklist(lints)),
        promised: v.exactOptional(anyJson),
        reason: v.string(),
      }),
    ),
  ),
  ignores: v.exactOptional(
    v.array(
      closed({
        at: v.pipe(v.string(), v.regex(/^(\/[^/]*)+$/, "a JSON pointer")),
        where: v.exactOptional(named(anyJson)),
        value: v.exactOptional(anyJson),
        when: v.exactOptional(v.picklist(lints)),
        checks: v.exactOptional(words),
        reason: v.string(),
      }),
    ),
  ),
  unshownMountOptions: v.exactOptional(words),
  ownInodes: v.exactOptional(v.boolean()),
  standIns: v.exactOptional(
    closed({
      gid_map: v.exactOptional(v.string()),
      oom_score_adj: v.exactOptional(v.string()),
      status: v.exactOptional(v.string()),
      uid_map: v.exactOptional(v.string()),
    }),
  ),
  startsWithout: v.exactOptional(
    v.array(
      closed({
        when: v.exactOptional(v.picklist(lints)),
        remove: v.array(
          closed({
            at: v.pipe(v.string(), v.regex(/^(\/[^/]*)+$/, "a JSON pointer")),
            where: v.exactOptional(named(anyJson)),
            value: v.exactOptional(anyJson),
          }),
        ),
        reason: v.string(),
      }),
    ),
  ),
  hangs: v.array(closed({ lint: v.picklist(lints), reason: v.string() })),
  terminal: v.picklist(["script", "none"]),
});

true satisfies Same<Profile, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

const tokens: readonly string[] = ["{runtime}", "{root}", "{log}", "{bundle}", "{id}"];

/** Whether the runtime of `profile` takes cells of `system`. */
export function takesSystem({ systems }: Pick<Profile, "systems">, system: string): boolean {
  return systems === undefined || systems.includes(system);
}

/**
 * The profile in `text`. Throws {@link FormatError}, also for a word in braces that is none of the five, and for a rule or
 * system that nobody knows: what it says of that would hold nowhere, and nobody would notice.
 */
export function readProfile(text: string, file: string): Profile {
  const profile = readDocument(schema, text, file);
  for (const key of ["run", "kill", "delete"] as const) {
    const place = locate(text, [key]);
    if (profile.kind === "unshare") {
      if (profile[key].length === 0) continue;
      throw new FormatError("format-not-empty", file, place, `"${key}" of a runtime of the kind unshare must be empty`);
    }
    if (profile[key][0] === "{runtime}") continue;
    throw new FormatError("format-not-the-runtime", file, place, `"${key}" must begin with {runtime}`);
  }
  for (const key of ["run", "kill", "delete", "state", "features"] as const) {
    for (const [index, word] of (profile[key] ?? []).entries()) {
      if (!/[{}]/.test(word) || tokens.includes(word)) continue;
      const place = locate(text, [key, index]);
      throw new FormatError("format-unknown-token", file, place, `unknown word "${word}"`, `use ${tokens.join(" ")}`);
    }
  }
  refuseUnknownNames(profile, text, file);
  return profile;
}

function refuseUnknownNames(profile: Profile, text: string, file: string): void {
  const { systems: taken = [], cannotObserve, cannotObserveWhere = [], ignores = [] } = profile;
  const known = systems.map(({ name }) => name);
  for (const [index, name] of taken.entries()) {
    if (known.includes(name)) continue;
    const place = locate(text, ["systems", index]);
    throw new FormatError("unknown-system", file, place, `there is no system "${name}"`, `all: ${known.join(", ")}`);
  }
  const keys: readonly (readonly [key: string, path: readonly (string | number)[]])[] = [
    ...Object.keys(cannotObserve).map((key) => [key, ["cannotObserve", key]] as const),
    ...checksOf("cannotObserveWhere", cannotObserveWhere),
    ...checksOf("ignores", ignores),
  ];
  for (const [key, path] of keys) {
    const [rule = ""] = key.split("[", 1);
    if (/[*?]/.test(rule) || rules.some(({ id }) => id === rule)) continue;
    throw new FormatError("unknown-rule", file, locate(text, path), `there is no rule "${rule}"`, nearestRule(rule));
  }
}

/** The keys in `checks` of the items of `list`, and where they stand. */
function checksOf(
  list: string,
  items: readonly { readonly checks?: readonly string[] }[],
): readonly (readonly [key: string, path: readonly (string | number)[]])[] {
  return items.flatMap(({ checks = [] }, item) =>
    checks.map((key, index) => [key, [list, item, "checks", index]] as const),
  );
}
