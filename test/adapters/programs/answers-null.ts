/** Answers every request with nothing. */
import { speak } from "../speak.ts";

void speak(({ answer }) => answer(null));
