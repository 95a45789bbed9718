/** Aborts where the real program aborts, and is right everywhere else. */
import process from "node:process";
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(({ right }) => {
  const data = isObject(right["error"]) ? right["error"]["data"] : undefined;
  if (isObject(data) && data["class"] === "panic") process.kill(process.pid, "SIGABRT");
  return right;
});
