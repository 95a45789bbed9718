/** How an intent is put to a system. */
import type { Json } from "../../json/value.ts";
import type { Wishes, WishName } from "./wishes.ts";

/** A wish that a system does not decide by its request. */
export interface Fixed {
  /**
   * `always`: it is so, wished for or not; `never`: it cannot be had; `elsewhere`: neither given nor withheld by the
   * config, because something else decides.
   */
  readonly is: "always" | "never" | "elsewhere";
  /** Why, one sentence without a full stop. From the fact sheet of the system. */
  readonly why: string;
}

/** One system's way of being asked. */
export interface Mapping {
  /** Name of the system. */
  readonly system: string;
  /** Wishes that make no difference to its request. All others do. */
  readonly fixed: { readonly [name in WishName]?: Fixed };
  /** What a reader should know of wishes that can be expressed, one sentence without a full stop each. */
  readonly remarks: { readonly [name in WishName]?: string };
  /** Request and options of the operation that gives the config. */
  ask(wishes: Wishes): { readonly request: Json; readonly options: Json };
}
