/** Answers every request twice, the second time wrongly. */
import { printCompact } from "../../../src/json/print.ts";
import { speak } from "../speak.ts";

void speak(({ right, answer }) => [printCompact(right), printCompact(answer(null))]);
