/** What the machine says about the user who builds. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Same } from "../same-type.ts";
import { base64, count, text, u32 } from "./fields.ts";

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

const fileSchema = v.union([
  v.null(),
  text,
  closed({ contentsBase64: base64 }),
  closed({ directory: v.literal(true) }),
]);

const idsSchema = closed({
  uid: u32,
  gid: u32,
  user: v.nullable(text),
  group: v.nullable(text),
  subuid: v.exactOptional(count),
  subgid: v.exactOptional(count),
  subuidFile: v.exactOptional(fileSchema),
  subgidFile: v.exactOptional(fileSchema),
});

true satisfies Same<HostFile, v.InferOutput<typeof fileSchema>>;
true satisfies Same<HostIds, v.InferOutput<typeof idsSchema>>;

/** The field type of a {@link HostFile}. */
export const hostFile: v.GenericSchema<HostFile> = fileSchema;

/** The field type of {@link HostIds}. */
export const hostIds: v.GenericSchema<HostIds> = idsSchema;
