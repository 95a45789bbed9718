/** Implements one operation, rightly, and says so; another it has forgotten to take off its list. */
import { speak } from "../speak.ts";

const introduction = {
  protocol: 1,
  implementation: { name: "one", version: "1" },
  operations: { snix: ["scratchName", "validate"] },
};

void speak(
  ({ operation, right, refuse }) => (operation === "scratchName" ? right : refuse(2, "not yet")),
  ({ method, right, answer }) => (method === "initialize" ? answer(introduction) : right),
);
