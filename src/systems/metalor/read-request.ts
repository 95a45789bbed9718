/** Reads the request file of a cell. Fact sheet: upstream src/runtime/protocol.rs, its types in portable.rs. */
import { SerdeFault } from "../../rust/serde-json/cursor.ts";
import {
  enumShape,
  type Field,
  listShape,
  optionShape,
  pairShape,
  parseSerde,
  type Shape,
  structShape,
  textShape,
  u64Shape,
} from "../../rust/serde-json/shapes.ts";
import type { Files } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import type { BuildCellSpec, Limits } from "./spec.ts";

/** The cell in the file `path`. Nothing of it is validated. Throws {@link Rejection} when it cannot be read or parsed. */
export function readRequest(files: Files, path: string): BuildCellSpec {
  const bytes = attempt(`failed to read build cell request ${path}`, path, () => files.readFile(path));
  return parseRequest(bytes);
}

/** The cell in the JSON text `bytes`. Throws {@link Rejection}. */
export function parseRequest(bytes: Uint8Array): BuildCellSpec {
  try {
    return parseSerde(bytes, spec);
  } catch (error) {
    if (!(error instanceof SerdeFault)) throw error;
    throw new Rejection("request-malformed", `failed to parse build cell request: ${error.message}`);
  }
}

const hostPath = textShape("path string");
const text = textShape("a string");
const limit = optionShape(u64Shape);

const noLimits: Limits = { cpuTimeSeconds: null, memoryBytes: null, maxProcesses: null };

function required(name: string, shape: Shape<unknown>, as: string = name): Field {
  return { name, as, shape };
}

function withDefault(name: string, shape: Shape<unknown>, absent: unknown): Field {
  return { name, as: name, shape, absent, optionalInList: true };
}

function bindings(name: string, source: Shape<string>, destination: Shape<string>): Shape<unknown> {
  return listShape(structShape(name, [required("source", source), required("destination", destination)]));
}

const command = structShape("CommandSpec", [
  required("cwd", text),
  required("executable", text),
  withDefault("argv", listShape(text), []),
]);

const limits = structShape("ResourceLimits", [
  { name: "cpu_time_seconds", as: "cpuTimeSeconds", shape: limit, absent: null },
  { name: "memory_bytes", as: "memoryBytes", shape: limit, absent: null },
  { name: "max_processes", as: "maxProcesses", shape: limit, absent: null },
]);

/** In the order in which upstream declares them: the first one that is missing is named. */
const spec: Shape<BuildCellSpec> = structShape("BuildCellSpec", [
  required("root", hostPath),
  required("scratch", hostPath),
  required("workspace_path", text, "workspacePath"),
  required("workspace_seed", enumShape({ Empty: "unit", SnapshotDir: hostPath, Archive: hostPath }), "workspaceSeed"),
  withDefault("imports", bindings("ImportSpec", hostPath, text), []),
  withDefault("caches", bindings("CacheSpec", hostPath, text), []),
  withDefault("exports", bindings("ExportSpec", text, hostPath), []),
  required("command", command),
  withDefault("env", listShape(pairShape(text)), []),
  withDefault("network", enumShape({ Enabled: "unit", Disabled: "unit" }), "Enabled"),
  withDefault("limits", limits, noLimits),
  withDefault("cleanup", enumShape({ Always: "unit", PreserveOnFailure: "unit", Never: "unit" }), "Always"),
]);
