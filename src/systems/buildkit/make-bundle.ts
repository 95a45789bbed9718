/** One run of a step. Fact sheet: upstream executor/runcexecutor/executor.go, in its order. */
import { joinPath } from "../../go/clean-path.ts";
import type { Json } from "../../json/value.ts";
import { Misfit } from "../misfit.ts";
import { Rejection } from "../rejection.ts";
import type { BundleRequest } from "./bundle-request.ts";
import type { Events } from "./caller-mounts.ts";
import type { CallerOption } from "./config-request.ts";
import { candidatesOf, cgroupsPathBelow, findRuntime, withExecutor } from "./executor-config.ts";
import { emptyDirectory, find } from "./file-tree.ts";
import { hostsText } from "./hosts.ts";
import { toHost } from "./id-map.ts";
import { generate } from "./make-config.ts";
import { networkMode, networkModeName } from "./modes.ts";
import type { Network } from "./network.ts";
import type { Options } from "./options.ts";
import { resolvConfPath, resolvConfText } from "./resolv-conf.ts";
import { makeDirectory, namesIn, placeFile, remove, statOf } from "./state-directory.ts";
import { fileAt, isThere, makeState, workingDirectory } from "./step-files.ts";
import { makeTree } from "./tree-items.ts";
import { resolveUser } from "./user.ts";

/**
 * What the runtime finds when it is started for `request`: its command line, the document, and the files around it; and
 * what is left when it has ended. Throws {@link Rejection} for the first step that fails.
 */
export function makeBundle(request: BundleRequest, options: Options): Json {
  const { executor, meta } = request;
  const idmap = executor.idmap ?? null;
  const nextId = randomIds(options);
  const tree = emptyDirectory();

  const command = findRuntime(executor, request.runtimesOnPath);
  if (command === undefined) {
    throw new Rejection("no-runtime", `failed to find ${candidatesOf(executor).at(-1) ?? ""} binary`);
  }
  const state = makeState(tree, executor.root, request.preExisting ?? []);

  const network = providedNetwork(request);
  const resolvConf = joinPath(state, "resolv.conf");
  placeFile(tree, resolvConf, resolvConfText(hostResolvConf(options), executor.dns), idmap);
  const extraHosts = meta.extraHosts ?? [];
  const hosts = joinPath(state, extraHosts.length === 0 ? "hosts" : `hosts.${nextId()}`);
  // An old file of that name is kept as it is.
  if (!isThere(tree, hosts)) placeFile(tree, hosts, hostsText(extraHosts), idmap);

  const id = request.id === undefined || request.id === "" ? nextId() : request.id;
  const bundle = joinPath(state, id);
  const bundleDirectory = makeDirectory(tree, bundle, 0o711);
  const rootfs = `${bundle}/rootfs`;
  const image = emptyDirectory();
  makeTree(image, request.rootfs?.tree ?? [], "/", "/request/rootfs/tree");
  bundleDirectory.children.set("rootfs", image);

  const { uid, gid, sgids } = resolveUser(tree, rootfs, meta.user ?? "");
  bundleDirectory.children.set("config.json", { type: "file", content: "", mode: 0o644, uid: 0, gid: 0 });
  const opts: CallerOption[] = [{ op: "uidGid", uid, gid, additionalGids: sgids }];
  if (meta.readonlyRootFS === true) opts.push({ op: "readonlyRootFS" });
  const owner = idmap === null ? { uid, gid } : toHost(idmap, { uid, gid });
  const cgroupsPath = cgroupsPathBelow(executor.defaultCgroupParent ?? "", id);
  if (cgroupsPath !== undefined) opts.push({ op: "cgroupsPath", path: cgroupsPath });

  const events: Events = [];
  const { processMode = "sandbox" } = executor;
  const mounts = request.mounts ?? [];
  const asked = { id, meta, resolvConf, hostsFile: hosts, network, processMode, idmap, mounts, opts };
  const generated = generate(asked, options, tree, events);
  const config = withExecutor(generated.config, {
    rootfs,
    immutable: request.rootfs?.immutable === true,
    tty: meta.tty === true,
    oomScoreAdj: executor.oomScoreAdj ?? null,
    rootless: executor.rootless === true,
  });
  const cwd = workingDirectory(tree, rootfs, meta.cwd ?? "", owner);

  const seen = {
    argv: [
      ...[command, "--log", joinPath(state, "runc-log.json"), "--log-format", "json", "run", "--bundle", bundle],
      ...(executor.noPivot === true ? ["--no-pivot"] : []),
      id,
    ],
    config: config as unknown as Json,
    bundle: statOf(bundleDirectory),
    configFile: statOf(find(tree, `${bundle}/config.json`, true)),
    cwd: { path: cwd, stat: statOf(find(tree, cwd, true)) },
    files: { "/etc/resolv.conf": fileAt(tree, resolvConf), "/etc/hosts": fileAt(tree, hosts) },
  };

  generated.mounts.release();
  remove(tree, bundle);
  if (extraHosts.length > 0) remove(tree, hosts);
  if (request.runtimeExit !== undefined && request.runtimeExit !== 0) {
    throw new Rejection("runtime-failed", `${command} did not terminate successfully`);
  }
  // The runtime gets a process group of its own, and not the daemon's socket for systemd.
  return { ...seen, leftInRoot: namesIn(tree, state), events, ownProcessGroup: true, notifySocketPassedOn: false };
}

function randomIds({ randomIds }: Options): () => string {
  let drawn = 0;
  return () => {
    const id = randomIds?.[drawn];
    if (id === undefined) throw new Misfit(`/options/randomIds/${drawn}`, "is missing: a random id is drawn");
    drawn += 1;
    return id;
  };
}

function providedNetwork({ meta, networks }: BundleRequest): Network {
  const wanted = networkMode(meta.netMode);
  for (const [mode, network] of Object.entries(networks ?? {})) {
    if (networkMode(mode) === wanted) return network;
  }
  throw new Rejection("unknown-network-mode", `unknown network mode ${networkModeName(wanted)}`);
}

/** The text of the file that counts; systemd's own is not there. */
function hostResolvConf({ hostEtcResolvConf }: Options): string {
  return resolvConfPath(hostEtcResolvConf) === "/etc/resolv.conf" ? (hostEtcResolvConf ?? "") : "";
}
