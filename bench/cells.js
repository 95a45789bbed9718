// Starts bench/cells.ts as bin/cupel.js starts cupel: what is measured is what is shipped.
import { fileURLToPath } from "node:url";
import { load } from "../bin/load.js";

const { measure } = await load("bench/cells.ts");
process.exitCode = await measure(fileURLToPath(import.meta.url));
