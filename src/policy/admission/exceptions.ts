/** What a config names of the things that only a shipped case may use. */
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { AdmissionException } from "./context.ts";

/**
 * The exceptions that `config` needs. Taken from the config that a shipped case promises, never from one that somebody
 * tampered with: what a mutant or a user's own table adds stays refused.
 */
export function exceptionsNamed({ annotations, linux, mounts = [] }: Config): readonly AdmissionException[] {
  const named: readonly (readonly [AdmissionException, boolean])[] = [
    ["annotations", holds(annotations)],
    ["sysctl", holds(linux?.sysctl)],
    ["devices", (linux?.devices ?? []).length > 0],
    ["host-proc", mounts.some(({ source, destination }) => source === "/proc" && destination === "/proc")],
  ];
  return named.flatMap(([word, isNamed]) => (isNamed ? [word] : []));
}

function holds(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}
