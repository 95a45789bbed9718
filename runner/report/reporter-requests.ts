/** Reads what --reporter asks for. */
import { nearest } from "../arguments/nearest.ts";
import { usageError } from "../arguments/usage-error.ts";
import { reporters } from "./reporters.ts";

/** One `--reporter NAME[=FILE]`. */
export interface ReporterRequest {
  readonly name: string;
  /** As given; undefined is standard output. */
  readonly file: string | undefined;
}

/**
 * `values` of `--reporter`, in order. Throws a usage error for an unknown reporter, an empty file name, one file for two
 * reporters, and two reporters that both want standard output.
 */
export function reporterRequests(values: readonly string[]): readonly ReporterRequest[] {
  const requests = values.map(requestOf);
  const taken = new Map<string | undefined, string>();
  for (const { name, file } of requests) {
    const other = taken.get(file);
    if (other !== undefined) {
      throw usageError(
        `the reporters ${other} and ${name} both write to ${file ?? "standard output"}`,
        `give one of them a file: --reporter ${name}=FILE`,
      );
    }
    taken.set(file, name);
  }
  return requests;
}

function requestOf(value: string): ReporterRequest {
  const equals = value.indexOf("=");
  const name = equals < 0 ? value : value.slice(0, equals);
  const file = equals < 0 ? undefined : value.slice(equals + 1);
  if (!reporters.has(name)) {
    const names = [...reporters.keys()];
    const meant = nearest(name, names);
    const all = `the reporters are ${names.join(", ")}`;
    throw usageError(`there is no reporter "${name}"`, meant === undefined ? all : `did you mean ${meant}? ${all}`);
  }
  if (file === "") throw usageError(`--reporter ${value}: the name of the file is missing`);
  return { name, file };
}
