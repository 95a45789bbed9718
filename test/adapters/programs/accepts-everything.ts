/** Checks nothing: where it should refuse, it goes on. */
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(({ right, answer }) => (isObject(right["error"]) ? answer({}) : right));
