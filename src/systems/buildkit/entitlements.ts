/** What a build may ask for beyond the sandbox. Fact sheet: upstream util/entitlements, solver/llbsolver/vertex.go. */
import { compareUtf8 } from "../../bytes/order.ts";
import type { Json } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import type { Meta } from "./meta.ts";
import { networkMode, securityMode } from "./modes.ts";

/** What is asked, what the daemon lets through, and a step. */
export interface EntitlementsRequest {
  /** What the build asks for. */
  readonly allowed?: readonly string[] | null;
  /** What the daemon was configured with; it refuses nothing when null or absent. */
  readonly supported?: readonly string[] | null;
  readonly meta?: Meta;
}

const hostNetwork = "network.host";
const insecure = "security.insecure";
const known: readonly string[] = [hostNetwork, insecure];

/**
 * What the build is granted, sorted. The daemon's list is looked at first, all of it; the network of the step before its
 * security mode. Throws {@link Rejection}.
 */
export function grantEntitlements({ allowed, supported, meta = {} }: EntitlementsRequest): Json {
  for (const name of supported ?? []) checkKnown(name);
  const granted = new Set<string>();
  for (const name of allowed ?? []) {
    checkKnown(name);
    if (supported !== undefined && supported !== null && !supported.includes(name)) {
      throw new Rejection(
        "entitlement-refused",
        `granting entitlement ${name} is not allowed by build daemon configuration`,
      );
    }
    granted.add(name);
  }
  if (networkMode(meta.netMode) === 1) checkGranted(hostNetwork, granted);
  if (securityMode(meta.securityMode) === "insecure") checkGranted(insecure, granted);
  return { granted: [...granted].sort(compareUtf8) };
}

function checkKnown(name: string): void {
  if (!known.includes(name)) throw new Rejection("unknown-entitlement", `unknown entitlement ${name}`);
}

function checkGranted(name: string, granted: ReadonlySet<string>): void {
  if (!granted.has(name)) throw new Rejection("not-entitled", `${name} is not allowed`);
}
