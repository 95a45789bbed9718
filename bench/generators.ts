/**
 * Prints how many configs a second each generator makes of its system's example: as a plain function over a typed request,
 * and as its main operation (`config`; metalor has `plan`), which first fits request and options to their types. `generators.ts [ROUNDS]`.
 * It judges nothing: absolute numbers are the machine's, ratios are of one run.
 */
import { performance } from "node:perf_hooks";
import process from "node:process";
import { memoryHost } from "../src/suite/memory-host.ts";
import { readConfigRequest as readBuildkitRequest } from "../src/systems/buildkit/config-request.ts";
import { makeConfig as makeBuildkitConfig } from "../src/systems/buildkit/make-config.ts";
import { readOptions as readBuildkitOptions } from "../src/systems/buildkit/options.ts";
import { buildkit } from "../src/systems/buildkit/system.ts";
import { makeConfig as makeCrossplaneConfig } from "../src/systems/crossplane/make-config.ts";
import { readOptions as readCrossplaneOptions } from "../src/systems/crossplane/options.ts";
import { readConfigRequest as readCrossplaneRequest } from "../src/systems/crossplane/read-request.ts";
import { crossplane } from "../src/systems/crossplane/system.ts";
import { mainOperation } from "../src/systems/main-operation.ts";
import { readCommonOptions as readMetalorOptions } from "../src/systems/metalor/options.ts";
import { planCell } from "../src/systems/metalor/plan.ts";
import { readSpecRequest } from "../src/systems/metalor/spec.ts";
import { metalor } from "../src/systems/metalor/system.ts";
import { makeConfig as makeObuilderConfig } from "../src/systems/obuilder/make-config.ts";
import { readConfigOptions as readObuilderOptions } from "../src/systems/obuilder/options.ts";
import { readRequest as readObuilderRequest } from "../src/systems/obuilder/request.ts";
import { obuilder } from "../src/systems/obuilder/system.ts";
import { findOperation, systems } from "../src/systems/registry.ts";
import { makeConfig as makeSnixConfig } from "../src/systems/snix/make-config.ts";
import { readConfigOptions as readSnixOptions } from "../src/systems/snix/options.ts";
import { readBuildRequest } from "../src/systems/snix/read-request.ts";
import { snix } from "../src/systems/snix/system.ts";
import type { System } from "../src/systems/system.ts";

/** One thing to measure, and the rates seen so far in configs a second. */
interface Subject {
  readonly name: string;
  readonly make: () => unknown;
  readonly rates: number[];
}

const roundMs = 30;

/** The plain generators over their examples, typed once. */
const plainGenerators: { readonly [system: string]: () => unknown } = {
  snix: plain(snix, readBuildRequest, readSnixOptions, makeSnixConfig),
  obuilder: plain(obuilder, readObuilderRequest, readObuilderOptions, makeObuilderConfig),
  buildkit: plain(buildkit, readBuildkitRequest, readBuildkitOptions, makeBuildkitConfig),
  crossplane: plain(crossplane, readCrossplaneRequest, readCrossplaneOptions, makeCrossplaneConfig),
  metalor: plain(metalor, readSpecRequest, readMetalorOptions, planCell),
};

const rounds = readRounds(process.argv[2]);
const subjects = systems.flatMap(subjectsOf);
for (const { make } of subjects) measure(make); // warms up
// Interleaved, so that what else the machine does falls on all alike.
for (let round = 0; round < rounds; round += 1) {
  for (const { make, rates } of subjects) rates.push(measure(make));
}
report();

function plain<Request, Options>(
  { example }: System,
  readRequest: (request: System["example"]["request"]) => Request,
  readOptions: (options: System["example"]["options"]) => Options,
  make: (request: Request, options: Options) => unknown,
): () => unknown {
  const request = readRequest(example.request);
  const options = readOptions(example.options);
  return () => make(request, options);
}

function subjectsOf(system: System): readonly Subject[] {
  const { name, example } = system;
  const operation = findOperation(name, mainOperation(system));
  const host = memoryHost();
  const found = Object.hasOwn(plainGenerators, name) ? plainGenerators[name] : undefined;
  if (found === undefined) throw new Error(`${name} has no plain generator here: add it to bench/generators.ts`);
  return [
    { name: `${name} plain`, make: found, rates: [] },
    { name: `${name} operation`, make: () => operation.run(example.request, example.options, host), rates: [] },
  ];
}

/** Configs a second over about {@link roundMs}; the clock is read once in sixteen, so that it does not count. */
function measure(make: () => unknown): number {
  const start = performance.now();
  let made = 0;
  let elapsed = 0;
  let last: unknown;
  while (elapsed < roundMs) {
    for (let index = 0; index < 16; index += 1) last = make();
    made += 16;
    elapsed = performance.now() - start;
  }
  // Looked at, so that no compiler finds out that nobody wants the configs.
  if (last === undefined) throw new Error("a generator made nothing");
  return (made / elapsed) * 1000;
}

function report(): void {
  const runtime = "deno" in process.versions ? `Deno ${process.versions["deno"]}` : `Node ${process.versions.node}`;
  process.stdout.write(`${runtime}, median of ${rounds} interleaved rounds, configs a second\n`);
  const first = subjects[0] === undefined ? 1 : median(subjects[0].rates);
  for (const { name, rates } of subjects) {
    const rate = median(rates);
    const columns = [
      name.padEnd(24),
      Math.round(rate).toLocaleString("en").padStart(12),
      `${(rate / first).toFixed(2)} x`,
    ];
    process.stdout.write(`${columns.join("  ")}\n`);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function readRounds(text = "15"): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  process.stderr.write(`ROUNDS is a positive integer, not ${JSON.stringify(text)}\n`);
  process.exit(2);
}
