/** Implements the older of two revisions, and says so. */
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(
  ({ right }) => right,
  ({ right, result, answer }) => (isObject(result) ? answer({ ...result, revisions: { snix: ["6118142b"] } }) : right),
);
