/** The name of a containerd namespace. Fact sheet: containerd namespaces and identifiers. */
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { quote } from "../../go/quote.ts";
import { Rejection } from "../rejection.ts";

/** Bytes that a name may have. */
const longest = 76;
const pattern = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;

/** Refuses a blank, an overlong and a malformed name, in this order. Throws {@link Rejection}. */
export function checkNamespace(name: string): void {
  if (name === "") throw new Rejection("namespace-required", "namespace is required: failed precondition");
  const refuse = (problem: string) =>
    new Rejection("bad-namespace", `namespace validation: identifier ${quote(name)} ${problem}: invalid argument`);
  if (name.length * 3 > longest && encodeUtf8(name).length > longest)
    throw refuse(`greater than maximum length (${longest} characters)`);
  if (!pattern.test(name)) throw refuse("must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$");
}
