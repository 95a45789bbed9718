/** Answers every request with nothing. */
import { speak } from "../speak.ts";

await speak(({ answer }) => answer(null));
