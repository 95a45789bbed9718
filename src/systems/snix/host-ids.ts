/** What the machine says about the user who builds. */
import * as v from "valibot";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { base64, count, notBoth, text, u32 } from "./fields.ts";

/** A file of the host: its text, its bytes, `null` when there is none, or a directory in its place. */
export type HostFile = string | null | { readonly contentsBase64: string } | { readonly directory: true };

/** The effective ids, their names, and the files that grant further ids. */
export interface HostIds {
  readonly uid: number;
  readonly gid: number;
  /** The name that passwd gives to `uid`; `null`: it has no entry. */
  readonly user: string | null;
  /** The name that group gives to `gid`; `null`: it has no entry. */
  readonly group: string | null;
  /** Short for an /etc/subuid with the one line `<user>:<subuid>:65536`. */
  readonly subuid?: number;
  /** Short for an /etc/subgid with the one line `<user>:<subgid>:65536`. */
  readonly subgid?: number;
  /** The whole /etc/subuid; it goes before `subuid`. With neither there is no file. */
  readonly subuidFile?: HostFile;
  /** The whole /etc/subgid; it goes before `subgid`. With neither there is no file. */
  readonly subgidFile?: HostFile;
}

/** The request of the operation `subordinateId`: whose id to look for in which file. */
export interface SubordinateIdRequest {
  /** What the error texts call the file. */
  readonly file: string;
  /** Without `contents` and `contentsBase64` there is no file. */
  readonly contents?: HostFile;
  readonly contentsBase64?: string;
  readonly id: number;
  readonly user: string;
}

/** The schema of {@link HostFile}. */
const hostFileSchema = v.union([
  v.null(),
  text,
  v.strictObject({ contentsBase64: base64 }),
  v.strictObject({ directory: v.literal(true) }),
]);

const hostIdsEntries = {
  uid: u32,
  gid: u32,
  user: v.nullable(text),
  group: v.nullable(text),
  subuid: v.exactOptional(count),
  subgid: v.exactOptional(count),
  subuidFile: v.exactOptional(hostFileSchema),
  subgidFile: v.exactOptional(hostFileSchema),
};

const schema = v.strictObject(hostIdsEntries);

true satisfies Same<HostIds, v.InferOutput<typeof schema>>;

/** The schema of {@link HostIds}, for the options that hold them. */
export const hostIds: v.GenericSchema<HostIds> = schema;

const requestSchema = v.pipe(
  v.strictObject({
    file: text,
    contents: v.exactOptional(hostFileSchema),
    contentsBase64: v.exactOptional(base64),
    id: u32,
    user: text,
  }),
  notBoth("contents", "contentsBase64"),
);

true satisfies Same<SubordinateIdRequest, v.InferOutput<typeof requestSchema>>;

/** The request of `subordinateId` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readSubordinateIdRequest(request: Json): SubordinateIdRequest {
  return fit(requestSchema, request, "/request");
}
