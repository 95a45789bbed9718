/** Executes cells whose step misbehaves, or whose config was tampered with: all that a file asks for in one jail. */
import type { CheckEvent } from "../../src/suite/event.ts";
import { assert } from "../suite.ts";
import { hostPrint, leftOf } from "./host-print.ts";
import { finish, startProgram } from "./self.ts";

/** What test/execute/programs/strange.ts is told of a cell. */
export interface StrangeCellOrder {
  /** The step or the config that is strange; that program has them. */
  readonly name: string;
  readonly case: string;
  /** Milliseconds that it may take. */
  readonly timeout: number;
  readonly runtime: string;
}

/** What became of a cell. */
export interface StrangeCell {
  readonly started: boolean;
  /** The check `starts`. */
  readonly starts: CheckEvent | undefined;
  readonly others: readonly CheckEvent[];
}

/** Executes the cells, one after another. Fails when the host is not as it was before. */
export async function strangeCells<Name extends string>(
  orders: {
    readonly [name in Name]: StrangeCellOrder;
  },
): Promise<{ readonly [name in Name]: StrangeCell }> {
  const { mounts, hostname, null: device } = hostPrint();
  const names = Object.keys(orders) as Name[];
  const list = names.map((name) => orders[name]);
  const child = startProgram("test/execute/programs/strange.ts", [JSON.stringify(list)]);
  const { code, stdout, stderr } = await finish(child);
  assert.is(code, 0, stderr);
  const { run, cells } = JSON.parse(stdout) as {
    readonly run: string;
    readonly cells: readonly { readonly started: boolean; readonly checks: readonly CheckEvent[] }[];
  };
  assert.equal(leftOf(run), []);
  const after = hostPrint();
  assert.equal([after.mounts, after.hostname, after.null], [mounts, hostname, device]);
  assert.is(cells.length, names.length);
  const found = cells.map(({ started, checks: [starts, ...others] }, index): [string, StrangeCell] => {
    assert.ok(others.length > 20, names[index]);
    return [names[index] ?? "", { started, starts, others }];
  });
  return Object.fromEntries(found) as { [name in Name]: StrangeCell };
}
