/** Never answers. */
import { speak } from "../speak.ts";

setInterval(() => {}, 1000);
void speak(() => undefined);
