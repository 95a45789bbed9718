/** config.json from a list of options. Fact sheet: upstream internal/oci/spec/spec.go, New and Write. */
import { GoTypeError, readAs } from "../../go/read-json.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { Misfit } from "../misfit.ts";
import { defaultSpec } from "./default-spec.ts";
import { noPasswdData, type PasswdData } from "./passwd.ts";
import { parsePasswdFiles } from "./passwd-files.ts";
import type { ConfigRequest, SpecOption } from "./request.ts";
import { processType, specType } from "./runtime-spec.ts";
import { linuxType, resourcesType } from "./runtime-spec-linux.ts";
import type { LinuxPart, Spec } from "./spec.ts";
import { applyOption, wrapped } from "./spec-options.ts";

/**
 * The document, members in upstream's order. Options are applied in order; the first that fails ends it, and its words
 * stand behind those of New. With a base they are applied to that, and its words stand alone. Throws
 * {@link ../rejection.ts | Rejection}, and {@link Misfit} for a base that upstream's types do not take.
 */
export function makeConfig({ base, options }: ConfigRequest): JsonObject {
  // Data of users is an argument of its option: it is parsed before anything is applied.
  const users = options.map(usersOf);
  const apply = (start: Spec): Spec =>
    options.reduce((spec, option, index) => applyOption(spec, option, users[index]), start);
  if (base !== undefined && base !== null) return document(apply(readBase(base)));
  return document(
    wrapped("cannot create new spec", () => wrapped("cannot apply spec option", () => apply(defaultSpec))),
  );
}

function usersOf(option: SpecOption): PasswdData {
  if (option.kind !== "user") return noPasswdData;
  return option.passwdData ?? parsePasswdFiles(option);
}

function readBase(base: Json): Spec {
  try {
    return readAs(specType, base) as Spec;
  } catch (error) {
    if (error instanceof GoTypeError) throw new Misfit(`/request/base${error.pointer}`, error.message);
    throw error;
  }
}

/** Options put members where they like; these four objects are the only ones that they change a member of. */
function document(spec: Spec): JsonObject {
  const { process: ofProcess, linux: ofLinux } = spec;
  return inOrder(orders.spec, {
    ...spec,
    ...(ofProcess === undefined ? {} : { process: inOrder(orders.process, ofProcess) }),
    ...(ofLinux === undefined ? {} : { linux: linuxDocument(ofLinux) }),
  });
}

function linuxDocument(linux: LinuxPart): JsonObject {
  const { resources } = linux;
  if (resources === undefined) return inOrder(orders.linux, linux);
  return inOrder(orders.linux, { ...linux, resources: inOrder(orders.resources, resources) });
}

const orders = {
  spec: [...specType.fields.keys()],
  process: [...processType.fields.keys()],
  linux: [...linuxType.fields.keys()],
  resources: [...resourcesType.fields.keys()],
};

function inOrder(order: readonly string[], value: JsonObject): JsonObject {
  const ordered: { [key: string]: Json } = {};
  for (const name of order) {
    const member = value[name];
    if (member !== undefined) ordered[name] = member;
  }
  return ordered;
}
