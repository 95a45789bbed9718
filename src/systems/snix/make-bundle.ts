/** Makes the bundle directory of a build. Fact sheet: upstream build/src/oci/bundle.rs, `make_bundle`. */
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { printCompact } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";
import { type Files, type Host, HostError, type HostProcess } from "../host.ts";
import { Misfit } from "../misfit.ts";
import { Rejection } from "../rejection.ts";
import { bundleSteps } from "./bundle-steps.ts";
import { bytesOf } from "./bytes-of.ts";
import { displayIoError, nulInPath } from "../rust-io-error.ts";
import { makeConfig } from "./make-config.ts";
import { makeDirectories } from "./make-directories.ts";
import type { BundleOptions } from "./options.ts";
import { readTree } from "./read-tree.ts";
import type { BundleRequest, PreexistingFile } from "./request.ts";
import { pathComponents } from "../../rust/path.ts";

/**
 * The tree of the bundle, in `options.bundleDir` or in `bundle` below the working directory. Throws
 * {@link ../rejection.ts | Rejection} for what {@link makeConfig} refuses, before anything is made, and for a step that fails,
 * with its cause behind it; what is made by then stays.
 */
export function makeBundle(request: BundleRequest, options: BundleOptions, { files, process, refuse }: Host): Json {
  const config = encodeUtf8(printCompact(makeConfig(request, options)));
  const bundle = bundleDirectory(options, process);
  request.preexisting.forEach((file, place) => {
    makePreexisting(files, bundle, file, place);
  });
  attempt("failed to create bundle path", bundle, () => makeDirectories(files, bundle));
  const configPath = `${bundle}/config.json`;
  attempt("failed to write config.json", configPath, () => files.writeFile(configPath, config));
  for (const step of bundleSteps(request, options)) {
    if (step.make === "nothing") throw new Rejection("additional-file-outside-build", step.failure);
    const path = `${bundle}/${step.path}`;
    if (pathComponents(step.path).includes("..")) refuse(`an additional file climbs out of its directory to ${path}`);
    attempt(step.failure, path, () => {
      if (step.make === "directory") makeDirectories(files, path);
      else files.writeFile(path, step.bytes);
    });
  }
  return { tree: readTree(files, bundle) };
}

function bundleDirectory({ bundleDir }: BundleOptions, { cwd }: HostProcess): string {
  return bundleDir === undefined ? `${cwd}/bundle` : `/${pathComponents(bundleDir).slice(1).join("/")}`;
}

/** Runs one step; a failure becomes upstream's chain of messages. */
function attempt(failure: string, path: string, step: () => void): void {
  const refuse = (cause: string) => new Rejection("bundle-not-made", `${failure}: ${cause}`);
  if (path.includes("\0")) throw refuse(nulInPath);
  try {
    step();
  } catch (error) {
    if (error instanceof HostError) throw refuse(displayIoError(error));
    throw error;
  }
}

/** No part of upstream: it stages what an earlier build may have left. */
function makePreexisting(files: Files, bundle: string, file: PreexistingFile, place: number): void {
  const path = `${bundle}/${file.path}`;
  try {
    makeDirectories(files, path.slice(0, path.lastIndexOf("/")));
    files.writeFile(path, bytesOf(file.contents, file.contentsBase64));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new Misfit(`/request/preexisting/${place}/path`, `cannot be made: ${displayIoError(error)}`);
  }
}
