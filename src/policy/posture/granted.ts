/** Which wishes a config grants, read from what it promises and not from what was asked. */
import { isObject, type Json } from "../../json/value.ts";
import { absent } from "../order.ts";
import type { Promised } from "../rule.ts";
import { buildFacts } from "./build-facts.ts";
import type { WishName } from "./wishes.ts";

/** What is promised of one subject of one rule; `absent` where nothing is. */
type Value = (rule: string, subject: string) => Json;

const { directory, input, memoryBytes, processes, secret } = buildFacts;

const signs: { readonly [name in WishName]: (value: Value) => boolean } = {
  network: (value) => value("network", "network:interfaces") !== "off",
  shell: (value) => value("shell", "shell:/bin/sh") === "provided",
  root: (value) => value("identity", "uid") === 0,
  "user-namespace": (value) => value("namespaces", "namespace:user") === "private",
  "read-only-root": (value) => value("root-file-system", "root") === "read-only",
  input: (value) => access(value, input) === "read-only",
  output: (value) => (access(value, directory) ?? value("root-file-system", "root")) === "writable",
  secret: (value) => access(value, secret) === "read-only",
  memory: (value) => isLimit(value("rlimits", "rlimit:RLIMIT_AS")) || value("memory-limit", "memory") === memoryBytes,
  cpus: (value) => isLimit(value("cpu-limit", "cpu:quota")),
  "cpu-time": (value) => isLimit(value("rlimits", "rlimit:RLIMIT_CPU")),
  processes: (value) => isLimit(value("rlimits", "rlimit:RLIMIT_NPROC")) || value("pids-limit", "pids") === processes,
};

/** Whether a config that promises `promises` grants the wish. */
export function isGranted(wish: WishName, promises: readonly Promised[]): boolean {
  const value: Value = (rule, subject) =>
    promises.find((promised) => promised.rule === rule && promised.subject === subject)?.value ?? absent;
  return signs[wish](value);
}

/** How a bind on `path` may be used; undefined where there is none. */
function access(value: Value, path: string): Json | undefined {
  const written = value("writes", `write:${path}`);
  return isObject(written) ? written["access"] : undefined;
}

function isLimit(value: Json): boolean {
  return isObject(value);
}
