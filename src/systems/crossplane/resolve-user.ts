/** From the user of an image to ids. Fact sheet: upstream internal/oci/spec/spec.go, WithUser. */
import { parseUint32 } from "../../go/parse-number.ts";
import { quote } from "../../go/quote.ts";
import { Rejection } from "../rejection.ts";
import type { PasswdData } from "./passwd.ts";
import type { User } from "./spec.ts";

/**
 * The ids of `user`: a name or number, and after a colon a group's. A number is taken as it is; the groups are those of
 * the user's id, with an explicit group too. Throws {@link Rejection} `malformed-user`, `unknown-user`, `unknown-group`.
 */
export function resolveUser(user: string, data: PasswdData): User {
  const [name = "", group, ...more] = user.split(":");
  if (more.length > 0) {
    throw new Rejection("malformed-user", `cannot parse user ${quote(user)} (too many colon separators)`);
  }
  const uid = idOf(name, data.uid, "unknown-user", "UID of user", "passwd");
  const given = group === undefined ? undefined : idOf(group, data.gid, "unknown-group", "GID of group", "group");
  const own = data.groups.get(uid);
  const additionalGids = own?.additionalGids ?? [];
  return {
    uid,
    gid: given ?? own?.primaryGid ?? 0,
    ...(additionalGids.length === 0 ? {} : { additionalGids }),
  };
}

function idOf(text: string, ids: ReadonlyMap<string, number>, code: string, what: string, file: string): number {
  const number = parseUint32(text);
  if ("value" in number) return number.value;
  const found = ids.get(text);
  if (found !== undefined) return found;
  throw new Rejection(code, `cannot resolve ${what} ${quote(text)} that doesn't exist in container's /etc/${file}`);
}
