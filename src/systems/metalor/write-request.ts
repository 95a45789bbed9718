/** The request of a cell as a file. Fact sheet: upstream src/runtime/protocol.rs. */
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { isArray, isObject, type Json } from "../../json/value.ts";
import { parentPath } from "../../rust/path.ts";
import type { Host } from "../host.ts";
import { attempt } from "./attempt.ts";
import { makeDirectories } from "./make-directories.ts";
import type { BuildCellSpec, WorkspaceSeed } from "./spec.ts";

/** Writes `spec`, as it is, to `path`, whose parents are made. Gives the text. Throws {@link ../rejection.ts | Rejection}. */
export function writeRequest({ files }: Host, path: string, spec: BuildCellSpec): string {
  const parent = parentPath(path);
  if (parent !== undefined) attempt(`failed to create ${parent}`, parent, () => makeDirectories(files, parent));
  const text = pretty(wireForm(spec), "");
  attempt(`failed to write build cell request ${path}`, path, () => files.writeFile(path, encodeUtf8(text)));
  return text;
}

/** In upstream's order and spelling. */
function wireForm(spec: BuildCellSpec): Json {
  const { cpuTimeSeconds, memoryBytes, maxProcesses } = spec.limits;
  const bindings = (list: BuildCellSpec["imports"]): Json =>
    list.map(({ source, destination }) => ({ source, destination }));
  return {
    root: spec.root,
    scratch: spec.scratch,
    workspace_path: spec.workspacePath,
    workspace_seed: seedForm(spec.workspaceSeed),
    imports: bindings(spec.imports),
    caches: bindings(spec.caches),
    exports: bindings(spec.exports),
    command: { cwd: spec.command.cwd, executable: spec.command.executable, argv: spec.command.argv },
    env: spec.env,
    network: spec.network,
    limits: { cpu_time_seconds: cpuTimeSeconds, memory_bytes: memoryBytes, max_processes: maxProcesses },
    cleanup: spec.cleanup,
  };
}

function seedForm(seed: WorkspaceSeed): Json {
  return seed === "Empty" ? seed : { ...seed };
}

/** As serde_json prints: two spaces, empty lists inline, members in their order, no newline at the end. */
function pretty(value: Json, indent: string): string {
  const inner = `${indent}  `;
  if (isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + pretty(item, inner)).join(",\n")}\n${indent}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${inner}"${key}": ${pretty(item, inner)}`);
    return `{\n${members.join(",\n")}\n${indent}}`;
  }
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
