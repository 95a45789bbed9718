/** Maps of ids between a user namespace and the host. Fact sheet: docker pkg/idtools; all numbers are Go's int. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { IdMapping } from "../../oci/config.ts";
import { Rejection } from "../rejection.ts";
import type { Same } from "../same-type.ts";
import { goInt, list } from "./fields.ts";

/** A whole number of 64 bits. */
type Int = number | bigint;

/** A range of ids. */
export interface IdRange {
  readonly containerId?: Int;
  readonly hostId?: Int;
  readonly size?: Int;
}

/** Ranges for users and groups; null or absent maps every id to itself, an empty list none. */
export interface IdMap {
  readonly uidMaps?: readonly IdRange[] | null;
  readonly gidMaps?: readonly IdRange[] | null;
}

/** A user and a group. */
export interface IdPair {
  readonly uid: Int;
  readonly gid: Int;
}

const ranges = v.exactOptional(
  list(
    closed({
      containerId: v.exactOptional(goInt),
      hostId: v.exactOptional(goInt),
      size: v.exactOptional(goInt),
    }),
  ),
);

const schema = closed({ uidMaps: ranges, gidMaps: ranges });

true satisfies Same<IdMap, v.InferOutput<typeof schema>>;

/** The schema of a map; null is none. */
export const idMapSchema: v.GenericSchema<IdMap | null> = v.nullable(schema);

/** `linux.uidMappings` and such: the ranges in their order, every number narrowed to 32 bits without a sign. */
export function mappings(maps: readonly IdRange[] | null | undefined): readonly IdMapping[] {
  return (maps ?? []).map(({ containerId = 0, hostId = 0, size = 0 }) => ({
    containerID: narrow(containerId),
    hostID: narrow(hostId),
    size: narrow(size),
  }));
}

/** The number in 32 bits without a sign. */
export function narrow(value: Int): number {
  return Number(BigInt.asUintN(32, BigInt(value)));
}

/** The host ids of root; both -1 where one of them is not mapped. */
export function rootPair({ uidMaps, gidMaps }: IdMap): IdPair {
  const [uid, gid] = [hostId(0n, uidMaps), hostId(0n, gidMaps)];
  if (uid === undefined || gid === undefined) return { uid: -1, gid: -1 };
  return { uid: plain(uid), gid: plain(gid) };
}

/**
 * The host ids of `pair`. An id that equals the mapped id of root counts as mapped already.
 * Throws {@link Rejection} `id-not-mapped` for the first that is in no range.
 */
export function toHost(map: IdMap, pair: IdPair): IdPair {
  const root = rootPair(map);
  return { uid: mapOne(pair.uid, root.uid, map.uidMaps), gid: mapOne(pair.gid, root.gid, map.gidMaps) };
}

function mapOne(id: Int, mappedRoot: Int, maps: IdMap["uidMaps"]): Int {
  if (BigInt(id) === BigInt(mappedRoot)) return mappedRoot;
  const found = hostId(BigInt(id), maps);
  if (found === undefined) throw new Rejection("id-not-mapped", `Container ID ${id} cannot be mapped to a host ID`);
  return plain(found);
}

function hostId(id: bigint, maps: IdMap["uidMaps"]): bigint | undefined {
  if (maps === undefined || maps === null) return id;
  for (const { containerId = 0, hostId: host = 0, size = 0 } of maps) {
    const first = BigInt(containerId);
    // Sums run over, as Go's do.
    const last = wrap(first + BigInt(size) - 1n);
    if (id >= first && id <= last) return wrap(BigInt(host) + wrap(id - first));
  }
  return undefined;
}

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function plain(value: bigint): Int {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
