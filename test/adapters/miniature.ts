/** What is known of a miniature implementation, and the test that `cupel check` says just that of it. */
import { assert, test } from "../suite.ts";
import { checkWith, programCommand } from "./check-with.ts";

/** A program of test/adapters/programs, what it is asked, and every check that must not pass. */
export interface Miniature {
  readonly program: string;
  /** Which check notices, for people. */
  readonly noticed: string;
  readonly patterns: readonly string[];
  /** `ID VERDICT CODE`. */
  readonly red: readonly string[];
  readonly exit: 0 | 1 | 3 | 4;
  /** What the report says of it. */
  readonly says: RegExp;
  readonly more?: readonly string[];
}

/** A test for each of `miniatures`. */
export function testMiniatures(miniatures: readonly Miniature[]): void {
  for (const { program, noticed, patterns, red, exit, says, more = [] } of miniatures) {
    test(`${program}, ${patterns.join(" ")}: ${noticed}`, async () => {
      const judged = await checkWith(programCommand(program), patterns, more);
      assert.equal(judged.red, [...red].sort());
      assert.is(judged.exit, exit, judged.text);
      assert.match(judged.text, says);
    });
  }
}
