/** Tells who waits at a terminal that cells are being prepared, which takes seconds for a whole table. */
import type { Context } from "../arguments/command.ts";
import { isLive } from "../terminal/is-live.ts";

const clearLine = "\r\u001b[2K";

/** Says so on standard error while `work` goes on, where it is a terminal and nobody asked for quiet. Gives what `work` gives. */
export async function whilePreparing<Result>(context: Context, work: () => Promise<Result>): Promise<Result> {
  const { stderr, env, flags } = context;
  const speaks = isLive(stderr, env) && !(flags.declares("quiet") && flags.has("quiet"));
  if (speaks) stderr.write("preparing cells …");
  try {
    return await work();
  } finally {
    if (speaks) stderr.write(clearLine);
  }
}
