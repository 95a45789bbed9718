/** The hosts file of a step. Fact sheet: upstream executor/oci/hosts.go; addresses as Go reads and prints them. */

import { parseIp, printIp } from "../../go/ip.ts";
import type { Json } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import type { ExtraHost } from "./meta.ts";

const always = "\n127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n";

/** A blank line, what every step has, then a line for each extra host. An address that is none prints as `<nil>`. */
export function hostsText(extraHosts: readonly ExtraHost[]): string {
  return always + extraHosts.map(({ host = "", ip = "" }) => `${printed(ip) ?? "<nil>"}\t${host}\n`).join("");
}

/** The extra hosts as an operation of a build reads them. Throws {@link Rejection} for the first that is no address. */
export function parseExtraHosts(extraHosts: readonly ExtraHost[]): Json {
  return extraHosts.map(({ host = "", ip = "" }) => {
    const address = printed(ip);
    if (address === undefined) throw new Rejection("bad-address", `failed to parse IP ${ip}`);
    return { host, ip: address };
  });
}

function printed(text: string): string | undefined {
  const ip = parseIp(text);
  return ip === undefined ? undefined : printIp(ip);
}
