/** The names of a request's inputs, as mounted. */
import { decodeBase64 } from "../../bytes/base64.ts";
import { compareBytes, compareUtf8 } from "../../bytes/order.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import { Rejection } from "../rejection.ts";
import type { InputName } from "./request.ts";
import { debugUtf8Error, findUtf8Error } from "../../rust/utf8.ts";

/**
 * Each name once, in the order of their bytes. Throws {@link ../rejection.ts | Rejection} (a panic upstream) for the first of
 * them that is not UTF-8.
 */
export function inputNames(inputs: readonly InputName[]): readonly string[] {
  const texts = new Set<string>();
  const foreign: Uint8Array[] = [];
  for (const input of inputs) {
    if (typeof input === "string") texts.add(input);
    else if (input.nameBase64 === undefined) texts.add(input.name ?? "");
    else {
      const bytes = decodeBase64(input.nameBase64);
      if (findUtf8Error(bytes) === undefined) texts.add(decodeUtf8(bytes));
      else foreign.push(bytes);
    }
  }
  refuseFirst(foreign.sort(compareBytes));
  return [...texts].sort(compareUtf8);
}

function refuseFirst([name]: readonly Uint8Array[]): void {
  const error = name && findUtf8Error(name);
  if (error === undefined) return;
  throw new Rejection("input-name-not-utf8", `invalid input name: ${debugUtf8Error(error)}`, "panic");
}
