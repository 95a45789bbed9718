/** The values of the smaller operations. */
import type { Json, JsonObject } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import { quotaOf, sharesOf } from "./cpu-shares.ts";
import type { PasswdData } from "./passwd.ts";
import { parseQuantity } from "./quantity.ts";
import { milliValueOf, wholeValueOf } from "./quantity-value.ts";

/** What the files say: ids by name, and for each user id its groups. */
export function passwdAnswer({ uid, gid, groups }: PasswdData): JsonObject {
  return {
    uid: Object.fromEntries(uid),
    gid: Object.fromEntries(gid),
    groups: Object.fromEntries(
      [...groups].map(([id, { primaryGid, additionalGids }]) => [String(id), { primaryGid, additionalGids }]),
    ),
  };
}

/** One quantity: its whole values and what they come to for a CPU, as decimal texts; or how it is refused. */
export function quantityAnswer(input: string): Json {
  try {
    const quantity = parseQuantity(input);
    const milli = milliValueOf(quantity);
    return {
      input,
      value: String(wholeValueOf(quantity)),
      milliValue: String(milli),
      shares: String(sharesOf(milli)),
      quota: String(quotaOf(milli)),
    };
  } catch (error) {
    if (error instanceof Rejection) return { input, error: error.message };
    throw error;
  }
}
