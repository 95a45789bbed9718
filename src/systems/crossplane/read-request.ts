/** Fits requests to their types. What is left out or null is unset, as for the program that reads them with Go. */
import * as v from "valibot";
import { anyJson } from "../../format/any-json.ts";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { byName, text, texts, u32 } from "./fields.ts";
import type { Groups, PasswdData } from "./passwd.ts";
import type { BundleRequest, ConfigRequest, PasswdFileStates, PasswdTexts, QuantityRequest } from "./request.ts";

/** The request of `config` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readConfigRequest(request: Json): ConfigRequest {
  return fit(configSchema, request, "/request");
}

/** The request of `write` as typed: no base. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readWriteRequest(request: Json): ConfigRequest {
  return fit(writeSchema, request, "/request");
}

/** The request of `bundle` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readBundleRequest(request: Json): BundleRequest {
  return fit(bundleSchema, request, "/request");
}

/** The request of `parsePasswd` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readPasswdTexts(request: Json): PasswdTexts {
  return fit(passwdSchema, request, "/request");
}

/** The request of `parsePasswdFiles` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readPasswdFileStates(request: Json): PasswdFileStates {
  return fit(passwdFilesSchema, request, "/request");
}

/** The request of `quantity` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readQuantityRequest(request: Json): QuantityRequest {
  return fit(quantitySchema, request, "/request");
}

const unset = v.nullish(text, "");

const image = closed({
  hostname: unset,
  entrypoint: texts,
  cmd: texts,
  env: texts,
  workingDir: unset,
  user: unset,
});

const runEntries = {
  cpu: unset,
  memory: unset,
  networkPolicy: v.nullish(v.picklist(["", "UNSPECIFIED", "ISOLATED", "RUNNER"]), ""),
};

const contents = v.nullish(text, null);

const fileState = v.nullish(
  v.union([text, closed({ errno: v.picklist(["EACCES", "EISDIR", "ELOOP", "ENOTDIR"]) })]),
  null,
);

/** Paths are only for messages. */
const fileEntries = {
  passwd: fileState,
  group: fileState,
  passwdPath: v.optional(text, "rootfs/etc/passwd"),
  groupPath: v.optional(text, "rootfs/etc/group"),
};

const groups = v.pipe(
  closed({ primaryGid: v.nullish(u32, 0), additionalGids: v.nullish(v.array(u32), []) }),
  v.transform((own): Groups => own),
);

const passwdData = v.pipe(
  closed({
    uid: v.nullish(byName(u32), {}),
    gid: v.nullish(byName(u32), {}),
    groups: v.nullish(byName(groups, /^[0-9]{1,10}$/), {}),
  }),
  v.transform(
    (data): PasswdData => ({
      uid: data.uid,
      gid: data.gid,
      groups: new Map([...data.groups].map(([uid, own]) => [Number(uid), own])),
    }),
  ),
);

const options = v.variant("kind", [
  closed({ kind: v.literal("rootFS"), path: unset, readonly: v.nullish(v.boolean(), false) }),
  closed({ kind: v.literal("cpuLimit"), limit: unset }),
  closed({ kind: v.literal("memoryLimit"), limit: unset }),
  closed({ kind: v.literal("hostNetwork") }),
  closed({ kind: v.literal("imageConfig"), config: image, ...fileEntries }),
  closed({ kind: v.literal("user"), user: unset, passwdData: v.exactOptional(passwdData), ...fileEntries }),
  closed({ kind: v.literal("runFunctionConfig"), ...runEntries }),
]);

/** Valibot takes a list for an object without a kind. */
const option = v.lazy((input) => (Array.isArray(input) ? (closed({}) as unknown as typeof options) : options));

const writeSchema = closed({ options: v.nullish(v.array(option), []) });
const configSchema = closed({ base: v.exactOptional(anyJson), options: v.nullish(v.array(option), []) });
const bundleSchema = closed({
  config: image,
  passwd: contents,
  group: contents,
  run: v.nullish(closed(runEntries), null),
});
const passwdSchema = closed({ passwd: text, group: text });
const passwdFilesSchema = closed({ passwd: fileState, group: fileState });
const quantitySchema = closed({ values: v.array(text) });

true satisfies Same<ConfigRequest, v.InferOutput<typeof configSchema>>;
true satisfies Same<BundleRequest, v.InferOutput<typeof bundleSchema>>;
true satisfies Same<PasswdTexts, v.InferOutput<typeof passwdSchema>>;
true satisfies Same<PasswdFileStates, v.InferOutput<typeof passwdFilesSchema>>;
true satisfies Same<QuantityRequest, v.InferOutput<typeof quantitySchema>>;
