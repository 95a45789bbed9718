/**
 * Run by `deno run` without any permission: makes one config of every system and judges it. It names nothing that needs a
 * permission; portability.test.ts has it load every module of src besides.
 */
import { readFileSync } from "node:fs";
import { printJson } from "../../src/json/print.ts";
import { validateConfig } from "../../src/oci/validate.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { configOperation } from "../../src/systems/main-operation.ts";
import { findOperation, systems } from "../../src/systems/registry.ts";

/** The names of the systems, once their configs were made. Throws when a permission was there or something went wrong. */
export function generateAll(): string {
  if (mayRead()) throw new Error("this run was to have no permission");
  for (const system of systems) {
    const { name, example } = system;
    const config = findOperation(name, configOperation(system)).run(example.request, example.options, memoryHost());
    const finding = validateConfig(config).find(({ level }) => level === "error");
    if (finding !== undefined) throw new Error(`${name}: ${finding.pointer}: ${finding.message}`);
    if (printJson(config).length < 100) throw new Error(`${name}: hardly a config`);
  }
  return systems.map(({ name }) => name).join(" ");
}

function mayRead(): boolean {
  try {
    readFileSync(new URL(import.meta.url));
    return true;
  } catch {
    return false;
  }
}
