/** Dies now and then: of every second request. */
import process from "node:process";
import { speak } from "../speak.ts";

let asked = 0;

void speak(({ right }) => {
  asked += 1;
  if (asked === 2) process.exit(3);
  return right;
});
