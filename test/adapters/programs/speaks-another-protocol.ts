/** Speaks a later version of the protocol, whatever it is asked for. */
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(
  ({ right }) => right,
  ({ right, result, answer }) => (isObject(result) ? answer({ ...result, protocol: 2 }) : right),
);
