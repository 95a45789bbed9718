/** Never answers. */
import { speak } from "../speak.ts";

setInterval(() => {}, 1000);
await speak(() => undefined);
