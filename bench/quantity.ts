/**
 * Prints how long crossplane's operation `quantity` takes for texts that are meant to take long: a million digits, and
 * exponents at the ends of 32 and 64 bits. `quantity.ts [ROUNDS]`. It judges nothing: the times are the machine's.
 */
import { performance } from "node:perf_hooks";
import process from "node:process";
import { memoryHost } from "../src/suite/memory-host.ts";
import { findOperation } from "../src/systems/registry.ts";
import { median } from "./median.ts";

const million = 1_000_000;
const nines = "9".repeat(million);
const zeros = "0".repeat(million);

/** By what is hostile about them. */
const hostile: { readonly [what: string]: string } = {
  "a million digits": nines,
  "a million digits, negative": `-${nines}`,
  "a million digits behind the point": `0.${nines}`,
  "a million leading zeros": `${zeros}1`,
  "a million digits, exa": `${nines}E`,
  "a million digits, Ei": `${nines}Ei`,
  "a digit a million places behind the point, Ki": `1.${zeros}1Ki`,
  "a million digits and as large a negative exponent": `${nines}e-999990`,
  "an exponent of a million zeros": `1e${zeros}3`,
  "an exponent of a million nines": `1e${nines}`,
  "a million digits that are none of a quantity": `${nines}x`,
  "a million letters of suffixes": `1${"m".repeat(million)}!`,
  "1e2147483647": "1e2147483647",
  "1e2147483648": "1e2147483648",
  "nineteen digits e2147483647": "9999999999999999999e2147483647",
  "1e-2147483648": "1e-2147483648",
  "1e100000000": "1e100000000",
  "1e-100000000": "1e-100000000",
};

const rounds = readRounds(process.argv[2]);
const operation = findOperation("crossplane", "quantity");
const host = memoryHost();
const times = new Map(Object.keys(hostile).map((what): readonly [string, number[]] => [what, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const [what, text] of Object.entries(hostile)) {
    const start = performance.now();
    operation.run({ values: [text] }, {}, host);
    times.get(what)?.push(performance.now() - start);
  }
}
process.stdout.write(`milliseconds, median and worst of ${rounds} rounds; the first one is not compiled yet\n`);
for (const [what, taken] of times) {
  const columns = [median(taken), Math.max(...taken)].map((ms) => ms.toFixed(2).padStart(9));
  process.stdout.write(`${what.padEnd(52)}${columns.join("")}\n`);
}

function readRounds(text = "9"): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  process.stderr.write(`ROUNDS is a positive integer, not ${JSON.stringify(text)}\n`);
  process.exit(2);
}
