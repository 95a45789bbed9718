/** What concerns several parts of a config: things that need a namespace, and ids that need a mapping. */
import { isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Place } from "./place.ts";
import { integerMember, member, objectsOf, textMember } from "./reach.ts";
import { quote } from "./words.ts";

/** Reports what the parts of `config` say against each other. */
export function acrossParts(config: Json, place: Place): void {
  const linux = member(config, "linux");
  const namespaces = new Map(objectsOf(linux, "namespaces").map(([, entry]) => [textMember(entry, "type"), entry]));
  reportNames(config, namespaces.has("uts"), place);
  if (member(linux, "timeOffsets") !== undefined && !namespaces.has("time")) {
    const message = "expected a time namespace for these clock offsets";
    place.at("linux").at("timeOffsets").report("time-offsets-without-time", message);
  }
  if (member(linux, "netDevices") !== undefined && !namespaces.has("network")) {
    const message = "expected a network namespace to move these interfaces to";
    place.at("linux").at("netDevices").report("net-devices-without-network", message);
  }
  reportMappings(config, linux, namespaces.get("user"), place);
  reportSysctls(member(linux, "sysctl"), namespaces, place.at("linux").at("sysctl"));
}

function reportNames(config: Json, uts: boolean, place: Place): void {
  for (const key of ["hostname", "domainname"]) {
    if (!uts && (textMember(config, key) ?? "") !== "") {
      place.at(key).report("hostname-without-uts", `expected a uts namespace to hold the ${key}`);
    }
  }
}

function reportMappings(config: Json, linux: Json | undefined, user: JsonObject | undefined, place: Place): void {
  const kinds = [
    { key: "uidMappings", id: "uid" },
    { key: "gidMappings", id: "gid" },
  ];
  for (const { key, id } of kinds) {
    const ranges = objectsOf(linux, key).map(([, range]) => range);
    if (user === undefined) {
      if (ranges.length === 0) continue;
      const message = `expected a user namespace to apply the ${key} to`;
      place.at("linux").at(key).report("mappings-without-user-namespace", message);
    } else if (ranges.length > 0) {
      reportUnmapped(config, id, ranges, place);
    } else if (!Object.hasOwn(user, "path")) {
      const message = `expected ${key} for the new user namespace, in which no ${id} is mapped`;
      place.at("linux").report("user-namespace-without-mappings", message);
    }
  }
}

function reportUnmapped(config: Json, id: string, ranges: readonly JsonObject[], place: Place): void {
  const own = integerMember(member(member(config, "process"), "user"), id);
  if (own === undefined || ranges.some((range) => covers(range, own))) return;
  const message = `expected a ${id} that the user namespace maps, found ${own}`;
  place.at("process").at("user").at(id).report("unmapped-user", message);
}

function covers(range: JsonObject, id: number | bigint): boolean {
  const from = integerMember(range, "containerID");
  const size = integerMember(range, "size");
  // What is not an integer was reported already; a second finding about it would not help.
  if (from === undefined || size === undefined) return true;
  return id >= from && BigInt(id) < BigInt(from) + BigInt(size);
}

/** Which namespace holds which sysctls: namespaces(7), ipc_namespaces(7), and proc(5) for the two names. */
const SYSCTL_HOMES: readonly (readonly [RegExp, string])[] = [
  [/^net\./, "network"],
  [/^fs\.mqueue\./, "ipc"],
  [/^kernel\.(?:msg|sem|shm)/, "ipc"],
  [/^kernel\.(?:domainname|hostname)$/, "uts"],
  [/^user\./, "user"],
];

function reportSysctls(
  sysctl: Json | undefined,
  namespaces: ReadonlyMap<string | undefined, Json>,
  place: Place,
): void {
  if (!isObject(sysctl)) return;
  // A sysctl without a name was reported already.
  for (const key of Object.keys(sysctl).filter((each) => each !== "")) {
    const name = key.replaceAll("/", ".");
    const home = SYSCTL_HOMES.find(([pattern]) => pattern.test(name))?.[1];
    if (home !== undefined && namespaces.has(home)) continue;
    const message =
      home === undefined
        ? `expected a sysctl that belongs to a namespace; ${quote(key)} is the whole host's`
        : `expected the ${home} namespace that holds ${quote(key)}; without it the setting is the host's`;
    place.at(key).report("sysctl-of-host", message);
  }
}
