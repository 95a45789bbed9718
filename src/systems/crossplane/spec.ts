/** The document while options are applied to it, and the one that no option has touched. */
import type { Json, JsonObject } from "../../json/value.ts";

/** Ids of the process. */
export type User = {
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids?: readonly number[];
  readonly [other: string]: Json;
};

/** Upstream's object of the same name. Like everywhere here, what is empty is absent. */
export type Process = {
  readonly user: User;
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly cwd: string;
  readonly [other: string]: Json;
};

/** A namespace to make or, with a path, to join. */
export type Namespace = { readonly type: string; readonly path?: string };

/** The Linux part. */
export type LinuxPart = {
  readonly resources?: JsonObject;
  readonly namespaces?: readonly Namespace[];
  readonly [other: string]: Json;
};

/** The whole. Members that no option touches keep whatever they are. */
export type Spec = {
  readonly ociVersion: string;
  readonly process?: Process;
  readonly root?: JsonObject;
  readonly hostname?: string;
  readonly mounts?: readonly Json[];
  readonly linux?: LinuxPart;
  readonly [other: string]: Json;
};
