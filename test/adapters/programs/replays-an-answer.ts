/** Answers each request with what was right for the first one. */
import type { Json } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

let first: Json | undefined;

void speak(({ right, result, answer }) => {
  first ??= result;
  return first === undefined ? right : answer(first);
});
