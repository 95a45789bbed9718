/** Fits the requests of `config`, `bundle` and `validate` to their types. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { bytesOf } from "./bytes-of.ts";
import { isCleanRelativePath } from "./clean-path.ts";
import { base64, count, notBoth, text, texts, u64 } from "./fields.ts";
import { isPathComponent } from "./path-component.ts";
import type { BuildRequest, BundleRequest, InputName, WireRequest } from "./request.ts";

/** The request of `config` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readBuildRequest(request: Json): BuildRequest {
  return fit(buildSchema, request, "/request");
}

/** The request of `bundle` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readBundleRequest(request: Json): BundleRequest {
  return fit(bundleSchema, request, "/request");
}

/** The request of `validate` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readWireRequest(request: Json): WireRequest {
  return fit(wireSchema, request, "/request");
}

/** The request of an operation that asks for nothing. Throws {@link ../misfit.ts | Misfit} when it holds something. */
export function readEmptyRequest(request: Json): object {
  return fit(emptySchema, request, "/request");
}

const emptySchema = closed({});

const environmentVar = v.pipe(
  closed({ key: text, value: v.exactOptional(text), valueBase64: v.exactOptional(base64) }),
  notBoth("value", "valueBase64"),
);

const constraints = closed({
  system: v.exactOptional(text),
  minMemory: v.exactOptional(u64),
  networkAccess: v.exactOptional(v.boolean()),
  provideBinSh: v.exactOptional(v.boolean()),
  availableReadOnlyPaths: v.exactOptional(v.array(text)),
});

const fileEntries = { path: text, contents: v.exactOptional(text), contentsBase64: v.exactOptional(base64) };
const additionalFile = v.pipe(closed(fileEntries), notBoth("contents", "contentsBase64"));

const baseEntries = {
  commandArgs: texts,
  workingDir: v.optional(text, ""),
  scratchPaths: texts,
  inputsDir: v.optional(text, ""),
  outputs: texts,
  environmentVars: v.optional(v.array(environmentVar), []),
  constraints: v.optional(v.nullable(constraints), null),
  additionalFiles: v.optional(v.array(additionalFile), []),
  refscanNeedles: texts,
};

const nameEntries = { name: v.exactOptional(text), nameBase64: v.exactOptional(base64) };
const inputName = v.pipe(
  v.union([text, v.pipe(closed(nameEntries), notBoth("name", "nameBase64"))]),
  v.check(isInputName, "Invalid name: Expected one path component of at most 255 bytes"),
);

const buildEntries = { ...baseEntries, inputs: v.optional(v.array(inputName), []) };
const buildSchema = closed(buildEntries);

const preexistingFile = v.pipe(
  closed({
    ...fileEntries,
    path: v.pipe(text, v.check(isFileOfBundle, "Invalid path: Expected a clean path relative to the bundle")),
    type: v.literal("file"),
  }),
  notBoth("contents", "contentsBase64"),
);
const bundleSchema = closed({ ...buildEntries, preexisting: v.optional(v.array(preexistingFile), []) });

const wireNode = v.pipe(
  closed({
    ...nameEntries,
    type: v.exactOptional(v.picklist(["file", "directory", "symlink", "none"])),
    digestLen: v.exactOptional(count),
    size: v.exactOptional(u64),
    executable: v.exactOptional(v.boolean()),
    target: v.exactOptional(text),
    targetBase64: v.exactOptional(base64),
  }),
  notBoth("name", "nameBase64"),
  notBoth("target", "targetBase64"),
);
const wireSchema = closed({ ...baseEntries, inputs: v.optional(v.array(v.union([text, wireNode])), []) });

true satisfies Same<BuildRequest, v.InferOutput<typeof buildSchema>>;
true satisfies Same<BundleRequest, v.InferOutput<typeof bundleSchema>>;
true satisfies Same<WireRequest, v.InferOutput<typeof wireSchema>>;

function isInputName(input: InputName): boolean {
  return isPathComponent(typeof input === "string" ? bytesOf(input, undefined) : bytesOf(input.name, input.nameBase64));
}

function isFileOfBundle(path: string): boolean {
  return path !== "" && !path.includes("\0") && isCleanRelativePath(path);
}
