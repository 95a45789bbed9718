/** Refuses commands other than the step. */
import { isArray, isObject, type Json } from "../../json/value.ts";
import { type AdmissionContext, type Refusal, refuse } from "./context.ts";

/** The path of our own script in every cell. */
export const step = "/cupel/step";

/** Refuses `process` of a config unless it runs the step, or the context trusts other commands. */
export function refuseCommand(process: Json | undefined, context: AdmissionContext): readonly Refusal[] {
  if (!isObject(process)) return [refuse("/process", "there is no process to run")];
  if (context.trustCommands === true) return [];
  const args = process["args"];
  const program = isArray(args) ? args[0] : undefined;
  if (program === step) return [];
  return [refuse("/process/args/0", `the command is not ${step}; only a case that runs it is executed`)];
}
