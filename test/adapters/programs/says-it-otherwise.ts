/** Refuses what must be refused, in words of its own. */
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(({ right, refuse }) => {
  const { error } = right;
  return isObject(error) && error["code"] === 1 ? refuse(1, `error: ${String(error["message"])}`) : right;
});
