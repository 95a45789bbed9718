import { isArray, isObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { run } from "./run.ts";

/** Value and thousandths of one quantity, or what is said against it. */
function answer(text: string): string {
  const answers = run("quantity", { values: [text] });
  const first = isArray(answers) ? answers[0] : undefined;
  if (!isObject(first)) throw new Error("there is no answer");
  return String(first["error"] ?? `${first["value"]} ${first["milliValue"]}`);
}

const malformed = /^quantities must match the regular expression /;
const unknownSuffix = "unable to parse quantity's suffix";

/** Divides and rounds up; both are positive. */
function ceiling(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

/** What a positive decimal of at least nineteen digits comes to, by plain arithmetic on the whole number. */
function byArithmetic(whole: string, fraction: string, exponent: number): string {
  const digits = BigInt(whole + fraction);
  const power = exponent - fraction.length;
  const nano = power + 9 >= 0 ? digits * 10n ** BigInt(power + 9) : ceiling(digits, 10n ** BigInt(-power - 9));
  const low = (value: bigint): string => String(BigInt.asIntN(64, value));
  return `${low(ceiling(nano, 1_000_000_000n))} ${low(ceiling(nano, 1_000_000n))}`;
}

test("long decimals agree with arithmetic on the whole number, however the point and the exponent stand", () => {
  const digits =
    "31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679";
  for (const length of [19, 20, 37, 64, 65, 101]) {
    for (const point of [0, 1, 9, 10, 18, 19, length - 1, length]) {
      for (const exponent of [-120, -64, -19, -10, -9, -1, 0, 1, 9, 18, 63, 64, 65, 120]) {
        const whole = digits.slice(0, length - point);
        const fraction = digits.slice(length - point, length);
        const text = `${whole}.${fraction}e${exponent}`;
        // With no digit before the point, upstream counts a zero there.
        assert.is(answer(text), byArithmetic(whole || "0", fraction, exponent), text);
      }
    }
  }
});

test("a million digits are exact", () => {
  const nines = "9".repeat(1_000_000);
  assert.is(answer(nines), "-1 -1000", "10^n - 1 ends in 64 ones");
  assert.is(answer(`-${nines}`), "1 1000");
  assert.is(answer(`0.${nines}`), "1 1000");
  assert.is(answer(`1${"0".repeat(1_000_000)}`), "0 0");
  assert.is(answer(`${"0".repeat(1_000_000)}7`), "7 7000");
  assert.is(answer(`1.${"0".repeat(1_000_000)}1`), "2 1001");
  assert.is(answer(`0.${"0".repeat(1_000_000)}`), "0 0");
  assert.is(answer(`${nines}e-999999`), "10 10000");
  assert.is(answer(`1${"0".repeat(1_000_000)}e-1000000`), "1 1000");
});

test("a million digits with a binary suffix are capped, or rounded up by the last of them", () => {
  const nines = "9".repeat(1_000_000);
  assert.is(answer(`${nines}Ki`), "9223372036854775807 -1000");
  assert.is(answer(`-${nines}Ei`), "-9223372036854775807 1000");
  assert.is(answer(`1.${"0".repeat(1_000_000)}1Ki`), "1025 1024001");
  assert.is(answer(`0.${"0".repeat(1_000_000)}1Ei`), "1 1");
  assert.is(answer(`7.${nines}Ei`), "9223372036854775807 -1000", "it rounds up to 2^63, which is above the cap");
});

test("exponents at the ends of 32 and 64 bits have an answer", () => {
  assert.is(answer("1e2147483647"), "0 1", "the difference of scales wraps for thousandths");
  assert.is(answer("1e2147483648"), "1 1", "it wraps to the smallest exponent");
  assert.is(answer("1e-2147483648"), "1 1");
  assert.is(answer("1e9223372036854775807"), "1 100", "narrowed to -1");
  assert.is(answer("1e9223372036854775808"), unknownSuffix);
  assert.is(answer("1e-9223372036854775808"), "1 1000", "narrowed to 0");
  assert.is(answer("1e-9223372036854775809"), unknownSuffix);
  assert.is(answer(`1e${"0".repeat(1_000_000)}3`), "1000 1000000");
  assert.is(answer(`1e${"9".repeat(1_000_000)}`), unknownSuffix);
});

test("hostile texts that are no quantity are refused", () => {
  const many = 1_000_000;
  for (const text of [
    `${"0".repeat(many)}x`,
    `${"9".repeat(many)}x`,
    `1${"m".repeat(many)}x`,
    `1e${"5".repeat(many)}x`,
    `1.${"0".repeat(many)}.`,
    ".".repeat(many),
    "x".repeat(many),
  ]) {
    assert.match(answer(text), malformed, text.slice(0, 5));
  }
  assert.is(answer(`1${"E".repeat(many)}`), unknownSuffix);
  assert.is(answer(`1${"e".repeat(many)}${"7".repeat(many)}`), unknownSuffix);
});

test("neither white space nor other scripts' digits are part of a quantity", () => {
  for (const text of ["1\n", "\t1", "1\u00a0", "١", "１", "1\u0000", "−1", "1\u0301"]) {
    assert.match(answer(text), malformed, JSON.stringify(text));
  }
});

test("values are no text but what is written, and lists of them keep their order", () => {
  const answers = run("quantity", { values: ["2", "1", "x"] });
  assert.ok(isArray(answers) && answers.length === 3);
  assert.equal(
    answers.map((each) => isObject(each) && each["input"]),
    ["2", "1", "x"],
  );
  assert.equal(run("quantity", { values: [] }), []);
});
