/** Dies of every request, and says why. */
import process from "node:process";
import { speak } from "../speak.ts";

void speak(() => {
  process.stderr.write("thread 'main' panicked at src/oci.rs:7\n");
  process.exit(101);
});
