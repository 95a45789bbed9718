/** The systems side by side: what each makes of one intent, and what the configs that come out promise. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { Host } from "../../systems/host.ts";
import { configOperation } from "../../systems/main-operation.ts";
import { findOperation } from "../../systems/registry.ts";
import type { Revision, System } from "../../systems/system.ts";
import { absent } from "../order.ts";
import { type JudgedCondition, judgePolicy, type Policy } from "../read-policy.ts";
import type { Promised } from "../rule.ts";
import { promisesOf, rules } from "../rules.ts";
import { familiesOf } from "./families.ts";
import { isGranted } from "./granted.ts";
import type { Fixed } from "./mapping.ts";
import { mappingOf } from "./mappings.ts";
import type { Reference, Relation } from "./reference.ts";
import { wishes as allWishes, type Wishes, type WishName } from "./wishes.ts";
import { type Words, wordsOf } from "./words.ts";

/** What a system makes of one wish. */
export interface Answer {
  readonly wish: WishName;
  readonly wished: boolean;
  /** By its config, whatever was wished. */
  readonly granted: boolean;
  /** Where the system leaves no choice. */
  readonly fixed?: Fixed;
  readonly remark?: string;
}

/** One system under the intent. */
export interface SystemPosture {
  readonly name: string;
  readonly upstream: string;
  /** Newest revision that is specified, which is the one that generates. */
  readonly revision: Revision;
  readonly operation: string;
  readonly request: Json;
  readonly options: Json;
  readonly config: Config;
  readonly promises: readonly Promised[];
  readonly answers: readonly Answer[];
  readonly policies: readonly { readonly name: string; readonly conditions: readonly JudgedCondition[] }[];
}

/** What one system promises in one row. */
export interface Cell {
  readonly value: Json;
  readonly words: Words;
  readonly relation: Relation;
}

/** What every system promises of one subject. In a merged row (see merge-rows.ts) of several, of each the same. */
export interface Row {
  readonly rule: string;
  readonly subjects: readonly string[];
  /** Whether the reference speaks of it. */
  readonly asked: boolean;
  /** One for each system. */
  readonly cells: readonly Cell[];
}

/** The rows of one family of rules. */
export interface Section {
  /** Of the family. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** What `system` makes of `wishes`, its config generated for real. `host` is for the operation. */
export function postureOf(system: System, wishes: Wishes, policies: readonly Policy[], host: Host): SystemPosture {
  const { fixed, remarks, ask } = mappingOf(system.name);
  const { request, options } = ask(wishes);
  const operation = configOperation(system);
  const config = findOperation(system.name, operation).run(request, options, host) as unknown as Config;
  const promises = promisesOf(config);
  return {
    name: system.name,
    upstream: system.upstream.project,
    revision: system.revisions[0] ?? { id: "", commit: "", date: "" },
    operation,
    request,
    options,
    config,
    promises,
    answers: allWishes.map(({ name }) => ({
      wish: name,
      wished: wishes[name],
      granted: isGranted(name, promises),
      ...(fixed[name] === undefined ? {} : { fixed: fixed[name] }),
      ...(remarks[name] === undefined ? {} : { remark: remarks[name] }),
    })),
    policies: policies.map((policy) => ({ name: policy.name, conditions: judgePolicy(policy, promises) })),
  };
}

/** Every rule and subject, with what each of `systems` promises; held against `reference`. */
export function sectionsOf(systems: readonly SystemPosture[], reference: Reference | undefined): readonly Section[] {
  const values = systems.map(({ promises }) => new Map(promises.map((each) => [keyOf(each), each.value])));
  return familiesOf(rules.map(({ id }) => id)).map((family) => ({
    name: family.name,
    title: family.title,
    rows: family.rules.flatMap((id) =>
      subjectsOf(id, systems).map((promised) => ({
        rule: id,
        subjects: [promised.subject],
        asked: reference?.speaksOf(id, promised.subject) ?? false,
        cells: values.map((of) => cellOf(promised, of.get(keyOf(promised)) ?? absent, reference)),
      })),
    ),
  }));
}

/** One promise for each subject of the rule that any system has: paths in order, else as the first system has them. */
function subjectsOf(rule: string, systems: readonly SystemPosture[]): readonly Promised[] {
  const all = systems.flatMap(({ promises }) => promises).filter((promised) => promised.rule === rule);
  const first = all.filter((promised, at) => all.findIndex(({ subject }) => subject === promised.subject) === at);
  if (!first.every(({ subject }) => subject.includes(":/"))) return first;
  return first.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
}

function cellOf({ rule, subject }: Promised, value: Json, reference: Reference | undefined): Cell {
  return { value, words: wordsOf(rule, subject, value), relation: reference?.relation(rule, subject, value) };
}

function keyOf({ rule, subject }: Pick<Promised, "rule" | "subject">): string {
  return `${rule} ${subject}`;
}
