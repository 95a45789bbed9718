/** Where the files of a cell stand below a directory of ours, and what upstream does to them before and after the cell. */
import { closed } from "../../format/closed.ts";
import { isObject, type Json } from "../../json/value.ts";
import { capabilityNames } from "../../oci/vocabulary.ts";
import { fit } from "../fit.ts";
import type { BundleEntry, PlacedBundle } from "../system.ts";
import { type OciConfigOptions, readOciConfigOptions } from "./oci-config-options.ts";
import { type Binding, type BuildCellSpec, specSchema, type WorkspaceSeed } from "./spec.ts";

const requestSchema = closed({ spec: specSchema });

/** A file that the cell makes in every cache, to be looked for in the cache of the host afterwards. */
const cacheWitness = ".cupel-cached";

/**
 * The plan for `request` below `directory` (absolute). Every host path of the spec moves to `DIRECTORY/host/PATH`, unless it
 * is beside or below `directory` already; the resolv.conf as well. Throws {@link ../misfit.ts | Misfit} where request or options do not fit.
 */
export function planBundle(request: Json, options: Json, directory: string): PlacedBundle {
  const { spec: asked } = fit(requestSchema, request, "/request");
  const given = readOciConfigOptions(options);
  const around = directory.slice(0, directory.lastIndexOf("/") + 1);
  const host = (path: string): string => {
    if (around !== "/" && path.startsWith(around)) return path;
    return `${directory}/host${path.startsWith("/") ? path : `/${path}`}`;
  };
  const spec = moveSpec(asked, host);
  const written = spec as unknown as Json;
  const resolvConf = host("/etc/resolv.conf");
  const finalize = (commandSucceeded: boolean): Json => ({ spec: written, commandSucceeded });
  return {
    plan: {
      bundle: directory,
      rootfs: spec.root,
      entries: entriesOf(directory, spec, resolvConf),
      inputs: inputsOf(spec),
      outputs: outputsOf(spec),
      around: {
        before: {
          operation: "buildCellReexec",
          request: { currentExe: "/usr/bin/cupel", subcommand: "cell", runtimeRootPrefix: host("/"), spec: written },
        },
        afterSuccess: { operation: "finalize", request: finalize(true) },
        afterFailure: { operation: "finalize", request: finalize(false) },
      },
      afterwards: [{ path: spec.scratch, is: spec.cleanup === "Never" ? "kept" : "removed" }],
    },
    request: { spec: written },
    options: isObject(options) ? { ...options, resolvConf } : options,
    explains: [
      { before: given.resolvConf ?? "/etc/resolv.conf", after: resolvConf },
      ...capabilityFacts(given),
      { before: [], after: given.host?.groups ?? [] },
    ],
  };
}

/** A config that was recorded on a machine with every capability is explained by what this one has. */
function capabilityFacts({ host }: OciConfigOptions): readonly { before: Json; after: Json }[] {
  return host?.capabilities === undefined ? [] : [{ before: capabilityNames, after: host.capabilities }];
}

type Move = (path: string) => string;

function moveSpec(spec: BuildCellSpec, host: Move): BuildCellSpec {
  const fromHost = (binding: Binding): Binding => ({ ...binding, source: host(binding.source) });
  return {
    ...spec,
    root: host(spec.root),
    scratch: host(spec.scratch),
    workspaceSeed: moveSeed(spec.workspaceSeed, host),
    imports: spec.imports.map(fromHost),
    caches: spec.caches.map(fromHost),
    exports: spec.exports.map((binding) => ({ ...binding, destination: host(binding.destination) })),
  };
}

function moveSeed(seed: WorkspaceSeed, host: Move): WorkspaceSeed {
  if (seed === "Empty") return seed;
  return "SnapshotDir" in seed ? { SnapshotDir: host(seed.SnapshotDir) } : { Archive: host(seed.Archive) };
}

function entriesOf(directory: string, { network }: BuildCellSpec, resolvConf: string): readonly BundleEntry[] {
  const top: BundleEntry = { path: `${directory}/host`, type: "dir" };
  if (network === "Disabled") return [top];
  // An address for documentation (RFC 5737): nobody answers there.
  return [top, { path: resolvConf, type: "file", content: "nameserver 192.0.2.53\n" }];
}

/** What has to be there before anything is staged; an archive is none that could be made up. */
function inputsOf({ imports, workspaceSeed }: BuildCellSpec): readonly string[] {
  const seeds = typeof workspaceSeed === "object" && "SnapshotDir" in workspaceSeed ? [workspaceSeed.SnapshotDir] : [];
  return [...seeds, ...imports.map(({ source }) => source)];
}

/** Exports are collected, and a cache is copied back with what the cell put into it. */
function outputsOf({ exports, caches }: BuildCellSpec): readonly { inside: string; outside: string }[] {
  return [
    ...exports.map(({ source, destination }) => ({ inside: source, outside: destination })),
    ...caches.map(({ source, destination }) => ({
      inside: `${destination}/${cacheWitness}`,
      outside: `${source}/${cacheWitness}`,
    })),
  ];
}
