/** What the runtimes of this machine are and can do: the version, what `features` says, and trial cells. */
import { CupelError } from "../../../src/errors.ts";
import type { Profile } from "../../../src/suite/profile.ts";
import type { OrdinaryUser } from "../as-user.ts";
import type { Jail } from "../jail/inside.ts";
import { type PreparedRun, prepareRun } from "../prepare-run.ts";
import { runBriefly } from "../runtime/run-briefly.ts";
import { featuresCommand, findRuntime, type Runtime } from "../runtime/runtime.ts";
import { type TrialPart, trialParts } from "../trial/trial-config.ts";
import { startsNothing } from "../trial/unusable.ts";
import type { MachineFact } from "./fact.ts";

/** A runtime to be looked at. */
export interface WantedRuntime {
  readonly profile: Profile;
  readonly path?: string;
  /** Whether it may be started with cells: a program that a user's table brings along only when somebody names it. */
  readonly tries: boolean;
}

/** Milliseconds that a runtime may take to say what it can do, and to run a trial cell. */
const featuresTimeout = 30_000;
const trialTimeout = 60_000;

/** What there is of `runtimes`, without a jail: nothing but their version options is started. */
export async function runtimeVersions(runtimes: readonly WantedRuntime[]): Promise<readonly MachineFact[]> {
  return await Promise.all(
    runtimes.map(async (wanted) => {
      const found = await find(wanted);
      return "what" in found ? found : factOf(found, []);
    }),
  );
}

/** The same with what each says of itself, and with trial cells in `jail`, started as `as` where that is given. */
export async function triedRuntimes(
  jail: Jail,
  runtimes: readonly WantedRuntime[],
  as: OrdinaryUser | undefined,
): Promise<readonly MachineFact[]> {
  const found = await Promise.all(runtimes.map(find));
  const run = await prepareRun(jail, {
    cases: [],
    golden: () => undefined,
    runtimes: [],
    timeout: trialTimeout,
    ...(as === undefined ? {} : { as }),
  });
  try {
    const ordinary = as !== undefined || jail.caller === "unprivileged";
    return await Promise.all(
      found.map(async (each, index) => {
        if ("what" in each) return each;
        const said = await features(each, `${jail.work}/runtimes/features`);
        return runtimes[index]?.tries === true ? await tried(each, run, said, ordinary) : factOf(each, said);
      }),
    );
  } finally {
    await run.close();
  }
}

/** The runtime, or the fact that it cannot be had. */
async function find({ profile, path }: WantedRuntime): Promise<Runtime | MachineFact> {
  const what = nameOf(profile);
  try {
    const found = await findRuntime(profile, path);
    if ("path" in found) return found;
    const consequence = profile.optional === true ? "not missed" : `cells on ${profile.name} are skipped`;
    const state = profile.optional === true ? "note" : "lacks";
    return { what, state, detail: "not installed", consequence, cure: found.cure };
  } catch (error) {
    if (!(error instanceof CupelError)) throw error;
    const cure = error.hint === undefined ? {} : { cure: error.hint };
    return { what, state: "lacks", detail: error.message, consequence: `cells on ${profile.name} fail`, ...cure };
  }
}

function nameOf({ name, kind }: Profile): string {
  return kind === "unshare" ? `runtime ${name}` : name;
}

function factOf({ profile, version, path }: Runtime, said: readonly string[]): MachineFact {
  return { what: nameOf(profile), state: "ok", detail: [version, path, ...said].join(", ") };
}

/** Starts the smallest cell, and where it starts, one with each thing more that not every machine gives. */
async function tried(
  runtime: Runtime,
  run: PreparedRun,
  said: readonly string[],
  ordinary: boolean,
): Promise<MachineFact> {
  const { what } = factOf(runtime, said);
  const least = await run.trial(runtime, []);
  if (least.is === "not-tried") return factOf(runtime, [...said, `not tried: ${least.reason}`]);
  if (least.is === "failed") {
    const consequence = `cells on ${runtime.profile.name} are skipped; with --runtime or --require that is red`;
    const cure = `what LACKS above comes first; else repair it, or name another: --runtime ${runtime.profile.name}=PATH`;
    return { what, state: "lacks", detail: startsNothing(runtime, least.words), consequence, cure };
  }
  const starts: string[] = [];
  const problems: string[] = [];
  for (const part of partsFor(runtime, ordinary)) {
    const trial = await run.trial(runtime, [part]);
    if (trial.is === "started") starts.push(trialParts[part]);
    else problems.push(`no cell with ${trialParts[part]}: ${trial.is === "failed" ? trial.words : trial.reason}`);
  }
  const more = starts.length === 0 ? "" : `, also with ${listed(starts)}`;
  const fact = factOf(runtime, [...said, `starts cells${more}`]);
  return problems.length === 0 ? fact : { ...fact, consequence: `it starts ${problems.join("; ")}` };
}

/** An ordinary user's cells have a user namespace anyway, and no cgroup; cells of the kind unshare are all alike. */
function partsFor({ profile }: Runtime, ordinary: boolean): readonly TrialPart[] {
  if (profile.kind === "unshare") return [];
  return ordinary ? ["filter"] : ["user-namespace", "filter", "limits"];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What the runtime says of itself (OCI runtime spec, features.md). */
async function features(runtime: Runtime, root: string): Promise<readonly string[]> {
  const command = featuresCommand(runtime, root);
  if (command.length === 0) return [];
  const { status, stdout } = await runBriefly(command, featuresTimeout);
  if (status !== 0) return ['no "features" command'];
  try {
    const said = JSON.parse(stdout) as Partial<{
      ociVersionMax: string;
      linux: Partial<{ seccomp: Partial<{ enabled: boolean }>; cgroup: Partial<{ v1: boolean; v2: boolean }> }>;
    }>;
    const { seccomp: filter, cgroup } = said.linux ?? {};
    const hierarchies = [cgroup?.v1 === true && "v1", cgroup?.v2 === true && "v2"].filter((each) => each !== false);
    return [
      ...(said.ociVersionMax === undefined ? [] : [`OCI up to ${said.ociVersionMax}`]),
      ...(filter?.enabled === undefined ? [] : [filter.enabled ? "seccomp" : "no seccomp"]),
      ...(hierarchies.length === 0 ? [] : [`cgroup ${hierarchies.join(" and ")}`]),
    ];
  } catch {
    return ['"features" printed something else than JSON'];
  }
}
