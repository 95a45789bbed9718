/** Holds a hand-written interface and its schema together: `true satisfies Same<Request, v.InferOutput<typeof schema>>`. */
import type { Json } from "../json/value.ts";

/** Json is readonly all the way down and without an end: it is left as it is. */
type DeepReadonly<T> = [Json] extends [T]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `true` when both types are the same, `readonly` aside; else `false`, so that the assertion does not compile. */
export type Same<A, B> = Identical<DeepReadonly<A>, DeepReadonly<B>>;
