/** Writes a member twice, so that two readers of its answer may see two things. */
import { printCompact } from "../../../src/json/print.ts";
import { speak } from "../speak.ts";

void speak(({ right }) => [printCompact(right).replace(/}$/, ',"jsonrpc":"2.0"}')]);
