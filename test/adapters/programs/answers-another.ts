/** Answers with an id that nobody gave. */
import { speak } from "../speak.ts";

void speak(({ right }) => ({ ...right, id: 7 }));
