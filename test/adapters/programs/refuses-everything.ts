/** Refuses whatever it is asked, which is right now and then. */
import { speak } from "../speak.ts";

void speak(({ refuse }) => refuse(1, "End_of_file"));
