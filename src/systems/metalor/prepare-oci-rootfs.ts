/** Makes a root from an OCI image. Fact sheet: upstream src/runtime/linux.rs, section 13. */
import { encodeUtf8, textOfUtf8 } from "../../bytes/utf8.ts";
import { joinPath } from "../../rust/path.ts";
import { type Host, HostError, type Tools } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { requestedOciArch } from "./architectures.ts";
import { attempt } from "./attempt.ts";
import { canonicalizePrefix } from "./canonical-path.ts";
import { leadsTo } from "./leads-to.ts";
import { makeDirectories } from "./make-directories.ts";
import { cacheKey, ociReference } from "./oci-reference.ts";
import { prepareHostDirectory } from "./prepare-host-directory.ts";
import { prepareRuntimeWorkspace } from "./prepare-runtime.ts";
import { removeTree } from "./remove-tree.ts";
import { runTool } from "./run-tool.ts";

/** Which image, and where it goes. */
export interface OciRootfsRequest {
  readonly reference: string;
  readonly runtimeRootPrefix: string;
  readonly runtimePackageRoot: string;
  /** Null for no cache. */
  readonly cacheRoot: string | null;
  /** Null for the architecture of the system. */
  readonly requestedArch: string | null;
}

/** The path of the root. Throws {@link Rejection}; what is made by then stays. */
export function prepareOciRootfs(host: Host, tools: Tools, request: OciRootfsRequest): string {
  const canonicalPrefix = canonicalizePrefix(host.files, request.runtimeRootPrefix);
  const packageRoot = prepareRuntimeWorkspace(host, request.runtimePackageRoot, canonicalPrefix, "OCI package root");
  const oci = joinPath(packageRoot, "oci");
  const bundle = joinPath(oci, "bundle");
  wipe(host, bundle);
  make(host, oci);
  const reference = ociReference(request.reference);
  const arch = requestedOciArch(request.requestedArch);
  const image: Image = { reference, arch };
  const { cacheRoot } = request;
  const layout =
    cacheRoot === null ? fetchAnew(host, tools, image, joinPath(oci, "layout")) : cached(host, tools, image, cacheRoot);
  const unpack = ["umoci", "unpack", "--rootless", "--keep-dirlinks", "--image", `${layout}:image`, bundle];
  runTool(tools, `unpack OCI image ${layout} into ${bundle}`, unpack);
  const rootfs = joinPath(bundle, "rootfs");
  if (leadsTo(host.files, rootfs, "dir")) return rootfs;
  const text = `OCI image '${request.reference}' did not unpack to a rootfs at ${rootfs}`;
  throw new Rejection("image-without-rootfs", text);
}

interface Image {
  readonly reference: string;
  readonly arch: string | null;
}

function fetchAnew(host: Host, tools: Tools, { reference, arch }: Image, layout: string): string {
  wipe(host, layout);
  const override = arch === null ? [] : ["--override-arch", arch];
  const copy = ["skopeo", "copy", "--quiet", "--multi-arch", "system", ...override, reference, `oci:${layout}:image`];
  runTool(tools, `copy OCI image ${reference} into ${layout}`, copy);
  return layout;
}

/** The reference is written last, so that what was interrupted is not taken for whole. */
function cached(host: Host, tools: Tools, image: Image, cacheRoot: string): string {
  prepareHostDirectory(host, cacheRoot, "OCI cache root");
  const { identity, key } = cacheKey(image.reference, image.arch);
  const entry = joinPath(cacheRoot, key);
  const layout = joinPath(entry, "layout");
  const note = joinPath(entry, "reference.txt");
  if (leadsTo(host.files, joinPath(layout, "index.json")) && textAt(host, note) === identity) return layout;
  wipe(host, entry);
  make(host, entry);
  fetchAnew(host, tools, image, layout);
  attempt(`failed to write ${note}`, note, () => host.files.writeFile(note, encodeUtf8(identity)));
  return layout;
}

function wipe({ files }: Host, path: string): void {
  if (leadsTo(files, path)) attempt(`failed to remove ${path}`, path, () => removeTree(files, path));
}

function make({ files }: Host, path: string): void {
  attempt(`failed to create ${path}`, path, () => makeDirectories(files, path));
}

function textAt({ files }: Host, path: string): string | undefined {
  try {
    return textOfUtf8(files.readFile(path));
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
