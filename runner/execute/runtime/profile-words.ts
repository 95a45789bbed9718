/** The closed words that a runtime profile may use: predicates over a config, and lints for what it hangs on or cannot show. */
import type { Config } from "../../../src/oci/config.ts";
import { mountTable } from "../../../src/policy/view/mount-table.ts";
import type { Lint, Predicate } from "../../../src/suite/profile.ts";

/** Whether a config has what `word` says. */
export function predicate(word: Predicate, config: Config): boolean {
  switch (word) {
    case "network-private":
      return hasNamespace(config, "network");
    case "network-shared":
      return !hasNamespace(config, "network");
    case "seccomp":
      return config.linux?.seccomp !== undefined;
    case "no-resources":
      return Object.keys(config.linux?.resources ?? {}).every((key) => key === "devices");
    case "no-cgroup-path":
      return config.linux?.cgroupsPath === undefined;
  }
}

/** Whether `config` is of the kind `word`. */
export function lint(word: Lint, config: Config): boolean {
  switch (word) {
    case "id-maps-without-user-namespace":
      return (config.linux?.uidMappings?.length ?? 0) > 0 && !hasNamespace(config, "user");
    case "proc-of-the-host":
      return mountTable(config).some(({ destination, bind }) => bind && destination === "/proc");
    case "process-not-root":
      return Number(config.process?.user?.uid ?? 0) !== 0;
  }
}

function hasNamespace(config: Config, type: string): boolean {
  return config.linux?.namespaces?.some((namespace) => namespace.type === type) ?? false;
}
