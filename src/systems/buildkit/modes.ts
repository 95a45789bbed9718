/** The modes of a step: an enumeration of numbers each, of which upstream never checks the range. */
import * as v from "valibot";

/** How the sandbox of a step is closed. */
export type SecurityMode = "sandbox" | "insecure" | "other";

/** Whether a step has processes of its own. */
export type ProcessMode = "sandbox" | "no-sandbox";

const security: readonly string[] = ["sandbox", "insecure"];
const processes: readonly string[] = ["sandbox", "no-sandbox"];
const network: readonly string[] = ["unset", "host", "none"];

/** The schemas of the three: a name, or a number as text. */
export const securityModeSchema: v.GenericSchema<string> = modeSchema(security);
export const processModeSchema: v.GenericSchema<string> = modeSchema(processes);
export const networkModeSchema: v.GenericSchema<string> = modeSchema(network);

/** The security mode that `text` names or numbers; the sandbox when absent. */
export function securityMode(text = "sandbox"): SecurityMode {
  const number = numberOf(text, security);
  return number === 0 ? "sandbox" : number === 1 ? "insecure" : "other";
}

/** The process mode that `text` names or numbers; the sandbox when absent, and for any unknown number. */
export function processMode(text = "sandbox"): ProcessMode {
  return numberOf(text, processes) === 1 ? "no-sandbox" : "sandbox";
}

/** The number of a network mode: 0 is unset, which it is when absent, 1 the host's, 2 none. */
export function networkMode(text = "unset"): number {
  return numberOf(text, network);
}

/** What upstream calls the network mode `number` in messages. */
export function networkModeName(number: number): string {
  return network[number]?.toUpperCase() ?? String(number);
}

function numberOf(text: string, names: readonly string[]): number {
  const place = names.indexOf(text);
  return place === -1 ? Number(text) : place;
}

function modeSchema(names: readonly string[]): v.GenericSchema<string> {
  const fits = (text: string): boolean => names.includes(text) || /^-?[0-9]{1,10}$/.test(text);
  return v.pipe(v.string(), v.check(fits, `Invalid mode: Expected ${names.join(", ")} or a number as text`));
}
