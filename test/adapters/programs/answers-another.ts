/** Answers with an id that nobody gave. */
import { speak } from "../speak.ts";

await speak(({ right }) => ({ ...right, id: 7 }));
