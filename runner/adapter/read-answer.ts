/** Reads what an adapter answers: strictly, since a program that answers nearly right is about to be judged. */
import { JsonError } from "../../src/json/json-error.ts";
import { parseJson } from "../../src/json/parse.ts";
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";

/** An answer, with the id that it claims to answer. */
export type ReadAnswer =
  | { readonly id: Json; readonly result: Json }
  | { readonly id: Json; readonly error: AnsweredError }
  /** It is none; `problem` says why, in words that follow "the adapter answered with something that is no answer:". */
  | { readonly problem: string };

/** The error object of an answer. */
export interface AnsweredError {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** Of a line that is no answer, so many characters are shown. */
const shown = 120;

/** Reads one line. Integers of any size come through whole. */
export function readAnswer(bytes: Uint8Array): ReadAnswer {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { problem: "it is not UTF-8 text" };
  }
  try {
    return answerOf(parseJson(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { problem: `${error.message}, in: ${text.length <= shown ? text : `${text.slice(0, shown)}…`}` };
  }
}

function answerOf(message: Json): ReadAnswer {
  if (!isObject(message)) return { problem: "it is not a JSON object" };
  const surplus = Object.keys(message).find((key) => !["jsonrpc", "id", "result", "error"].includes(key));
  if (surplus !== undefined) return { problem: `an answer has no member ${JSON.stringify(surplus)}` };
  if (message["jsonrpc"] !== "2.0") return { problem: 'its member "jsonrpc" is not "2.0"' };
  const { id, result, error } = message;
  if (id === undefined) return { problem: 'it has no member "id"' };
  if (result !== undefined && error !== undefined) return { problem: "it has both a result and an error" };
  if (result !== undefined) return { id, result };
  if (error === undefined) return { problem: "it has neither a result nor an error" };
  const read = errorOf(error);
  return typeof read === "string" ? { problem: read } : { id, error: read };
}

function errorOf(error: Json): AnsweredError | string {
  if (!isObject(error)) return 'its member "error" is not an object';
  const { code, message, data }: JsonObject = error;
  if (typeof code !== "number" || !Number.isSafeInteger(code)) return "the code of its error is not an integer";
  if (typeof message !== "string") return "the message of its error is not a text";
  return data === undefined ? { code, message } : { code, message, data };
}
