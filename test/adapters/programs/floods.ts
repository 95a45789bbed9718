/** Writes one line that never ends. */
import { speak, writeAll } from "../speak.ts";

void speak(() => {
  const part = "x".repeat(1024 * 1024);
  for (;;) writeAll(part);
});
