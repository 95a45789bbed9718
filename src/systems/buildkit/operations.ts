/** Every operation of the system, by name. */
import { joinPath } from "../../go/clean-path.ts";
import type { Json } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import type { Operation } from "../system.ts";
import { readBundleRequest } from "./bundle-request.ts";
import { readConfigRequest, treeOf } from "./config-request.ts";
import { grantEntitlements } from "./entitlements.ts";
import { execEnvironment } from "./exec-meta.ts";
import { emptyDirectory } from "./file-tree.ts";
import { hostsText, parseExtraHosts } from "./hosts.ts";
import { makeHostsFile } from "./hosts-file.ts";
import { rootPair, toHost } from "./id-map.ts";
import { lifecycle } from "./lifecycle.ts";
import { makeBundle } from "./make-bundle.ts";
import { generate, makeConfig } from "./make-config.ts";
import { type Options, readOptions } from "./options.ts";
import { resolvConfPath, resolvConfText } from "./resolv-conf.ts";
import { hasPrefix, rootPath } from "./root-path.ts";
import { seccompProfile } from "./seccomp-profile.ts";
import {
  type IdMapRequest,
  type ResolvConfRequest,
  readEmptyRequest,
  readEntitlementsRequest,
  readExecMetaRequest,
  readHostsFileRequest,
  readHostsRequest,
  readIdMapRequest,
  readPlainIdsRequest,
  readPrefixRequest,
  readProfileRequest,
  readResolvConfRequest,
  readRootPathRequest,
  readUserRequest,
  type UserRequest,
} from "./small-requests.ts";
import { makeTree } from "./tree-items.ts";
import { parsePlainIds, resolveUser } from "./user.ts";

/** The operations; none touches anything. */
export const operations: { readonly [name: string]: Operation } = Object.assign(Object.create(null), {
  config: pure("config.json of one step", readConfigRequest, makeConfig),
  bundle: pure("the command line of one run, and the files around it", readBundleRequest, makeBundle),
  lifecycle: pure("what becomes of the sources of mounts", readConfigRequest, lifecycle),
  selector: pure("the mounts that a step asked for, with their sub-paths", readConfigRequest, (request, options) => [
    ...generate(request, options, treeOf(request), []).mounts.entries,
  ]),
  rootPath: pure("a path bounded by a root, whatever links say", readRootPathRequest, (request) =>
    rootPath(treeOf(request), request.root, request.path),
  ),
  hasPrefix: pure("whether a path is at or below another", readPrefixRequest, ({ path, prefix }) =>
    hasPrefix(path, prefix),
  ),
  seccompProfile: pure("the default profile for a bounding set", readProfileRequest, ({ boundingCaps }, { arch }) =>
    seccompProfile(boundingCaps ?? [], arch ?? "amd64"),
  ),
  resolvConf: pure("the text of a step's resolv.conf", readResolvConfRequest, resolvConf),
  resolvConfPath: pure("which resolv.conf of the host counts", readEmptyRequest, (_, { hostEtcResolvConf }) =>
    resolvConfPath(hostEtcResolvConf),
  ),
  hosts: pure("the text of a step's hosts file", readHostsRequest, ({ extraHosts }) => hostsText(extraHosts ?? [])),
  hostsFile: pure("the hosts file as it is made, and whether it stays", readHostsFileRequest, makeHostsFile),
  extraHosts: pure("extra hosts as a build's operation reads them", readHostsRequest, ({ extraHosts }) =>
    parseExtraHosts(extraHosts ?? []),
  ),
  user: pure("the ids that a user means in an image", readUserRequest, user),
  parseUidGid: pure("two ids, where a user is nothing else", readPlainIdsRequest, (request) => ({
    ...parsePlainIds(request.user),
  })),
  entitlements: pure("what a build is granted beyond the sandbox", readEntitlementsRequest, grantEntitlements),
  idmap: pure("the host's ids of root, or of any ids", readIdMapRequest, idmap),
  execMeta: pure("the environment as a build's operation fills it in", readExecMetaRequest, ({ env, proxyEnv }) =>
    execEnvironment(env ?? [], proxyEnv),
  ),
});

function pure<Request>(
  title: string,
  read: (request: Json) => Request,
  answer: (request: Request, options: Options) => Json,
): Operation {
  return { effects: "none", title, run: (request, options) => answer(read(request), readOptions(options)) };
}

function resolvConf({ hostContent, readError = "", dns }: ResolvConfRequest): Json {
  if (readError !== "") throw new Rejection("unreadable-resolv-conf", readError);
  return resolvConfText(hostContent ?? "", dns);
}

const image = "/srv/rootfs";

function user({ user: text, passwd = null, group = null, tree }: UserRequest): Json {
  const root = emptyDirectory();
  const files = Object.entries({ "/etc/passwd": passwd, "/etc/group": group });
  const items = files.flatMap(([path, content]) =>
    content === null ? [] : [{ path, type: "file" as const, content }],
  );
  makeTree(root, items, image, "/request");
  makeTree(root, tree ?? [], image, "/request/tree");
  return { ...resolveUser(root, joinPath(image), text) };
}

function idmap({ op, idmap: map, uid = 0, gid = 0 }: IdMapRequest): Json {
  return { ...(op === "rootPair" ? rootPair(map ?? {}) : toHost(map ?? {}, { uid, gid })) };
}
