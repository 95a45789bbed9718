/** The requests of the smaller operations. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { type Dns, dnsSchema } from "./dns.ts";
import type { EntitlementsRequest } from "./entitlements.ts";
import type { ProxyEnv } from "./exec-meta.ts";
import { goInt, text, texts } from "./fields.ts";
import { type IdMap, idMapSchema } from "./id-map.ts";
import { type ExtraHost, extraHostsSchema, metaSchema } from "./meta.ts";
import { type TreeItem, treeSchema } from "./tree-items.ts";

/** Of `rootPath`. */
export interface RootPathRequest {
  readonly root: string;
  readonly path: string;
  readonly tree?: readonly TreeItem[] | null;
}

/** Of `hasPrefix`. */
export interface PrefixRequest {
  readonly path: string;
  readonly prefix: string;
}

/** Of `seccompProfile`. */
export interface ProfileRequest {
  readonly boundingCaps?: readonly string[] | null;
}

/** Of `resolvConf`. */
export interface ResolvConfRequest {
  /** Null or absent where there is no file. */
  readonly hostContent?: string | null;
  /** Why the file cannot be read, where it is there. */
  readonly readError?: string;
  readonly dns?: Dns | null;
}

/** Of `hosts` and `extraHosts`. */
export interface HostsRequest {
  readonly extraHosts?: readonly ExtraHost[] | null;
}

/** Of `hostsFile`. */
export interface HostsFileRequest extends HostsRequest {
  readonly idmap?: IdMap | null;
}

/** Of `user`: the files of an image, null or absent where they are missing, and others. */
export interface UserRequest {
  readonly user: string;
  readonly passwd?: string | null;
  readonly group?: string | null;
  readonly tree?: readonly TreeItem[] | null;
}

/** Of `parseUidGid`. */
export interface PlainIdsRequest {
  readonly user: string;
}

/** Of `idmap`. */
export interface IdMapRequest {
  readonly op: "rootPair" | "toHost";
  readonly idmap?: IdMap | null;
  readonly uid?: number | bigint;
  readonly gid?: number | bigint;
}

/** Of `execMeta`. */
export interface ExecMetaRequest {
  readonly env?: readonly string[] | null;
  readonly proxyEnv?: ProxyEnv | null;
}

const tree = v.exactOptional(treeSchema);
const extraHosts = v.exactOptional(extraHostsSchema);
const idmap = v.exactOptional(idMapSchema);
const optionalText = v.exactOptional(text);
const content = v.exactOptional(v.nullable(text));

const rootPathSchema = closed({ root: text, path: text, tree });
const prefixSchema = closed({ path: text, prefix: text });
const profileSchema = closed({ boundingCaps: v.exactOptional(texts) });
const resolvConfSchema = closed({ hostContent: content, readError: optionalText, dns: v.exactOptional(dnsSchema) });
const emptySchema = closed({});
const hostsSchema = closed({ extraHosts });
const hostsFileSchema = closed({ extraHosts, idmap });
const userSchema = closed({ user: text, passwd: content, group: content, tree });
const plainIdsSchema = closed({ user: text });
const idMapRequestSchema = closed({
  op: v.picklist(["rootPair", "toHost"]),
  idmap,
  uid: v.exactOptional(goInt),
  gid: v.exactOptional(goInt),
});
const entitlementsSchema = closed({
  allowed: v.exactOptional(texts),
  supported: v.exactOptional(texts),
  meta: v.exactOptional(metaSchema),
});
const proxySchema = closed({
  httpProxy: optionalText,
  httpsProxy: optionalText,
  ftpProxy: optionalText,
  noProxy: optionalText,
});
const execMetaSchema = closed({
  env: v.exactOptional(texts),
  proxyEnv: v.exactOptional(v.nullable(proxySchema)),
});

true satisfies Same<RootPathRequest, v.InferOutput<typeof rootPathSchema>>;
true satisfies Same<PrefixRequest, v.InferOutput<typeof prefixSchema>>;
true satisfies Same<ProfileRequest, v.InferOutput<typeof profileSchema>>;
true satisfies Same<ResolvConfRequest, v.InferOutput<typeof resolvConfSchema>>;
true satisfies Same<HostsRequest, v.InferOutput<typeof hostsSchema>>;
true satisfies Same<HostsFileRequest, v.InferOutput<typeof hostsFileSchema>>;
true satisfies Same<UserRequest, v.InferOutput<typeof userSchema>>;
true satisfies Same<PlainIdsRequest, v.InferOutput<typeof plainIdsSchema>>;
true satisfies Same<IdMapRequest, v.InferOutput<typeof idMapRequestSchema>>;
true satisfies Same<EntitlementsRequest, v.InferOutput<typeof entitlementsSchema>>;
true satisfies Same<ExecMetaRequest, v.InferOutput<typeof execMetaSchema>>;

type Read<Request> = (request: Json) => Request;

/** Each gives the request of one operation as typed, and throws {@link ../misfit.ts | Misfit} where it does not fit. */
export const readRootPathRequest: Read<RootPathRequest> = reader(rootPathSchema);
export const readPrefixRequest: Read<PrefixRequest> = reader(prefixSchema);
export const readProfileRequest: Read<ProfileRequest> = reader(profileSchema);
export const readResolvConfRequest: Read<ResolvConfRequest> = reader(resolvConfSchema);
export const readEmptyRequest: Read<object> = reader(emptySchema);
export const readHostsRequest: Read<HostsRequest> = reader(hostsSchema);
export const readHostsFileRequest: Read<HostsFileRequest> = reader(hostsFileSchema);
export const readUserRequest: Read<UserRequest> = reader(userSchema);
export const readPlainIdsRequest: Read<PlainIdsRequest> = reader(plainIdsSchema);
export const readIdMapRequest: Read<IdMapRequest> = reader(idMapRequestSchema);
export const readEntitlementsRequest: Read<EntitlementsRequest> = reader(entitlementsSchema);
export const readExecMetaRequest: Read<ExecMetaRequest> = reader(execMetaSchema);

function reader<const Schema extends v.GenericSchema>(schema: Schema): Read<v.InferOutput<Schema>> {
  return (request) => fit(schema, request, "/request");
}
