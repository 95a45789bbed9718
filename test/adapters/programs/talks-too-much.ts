/** Says on standard output what belongs on standard error. */
import { printCompact } from "../../../src/json/print.ts";
import { speak } from "../speak.ts";

void speak(({ right }) => ["generating...", printCompact(right)]);
