// Starts bench/check-cases.ts as bin/cupel.js starts cupel: what is measured is what is shipped.
import process from "node:process";
import { load } from "../bin/load.js";

const { compareCases } = await load("bench/check-cases.ts");
compareCases(Number(process.argv[2]));
