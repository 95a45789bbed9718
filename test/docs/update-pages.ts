/** Prints anew what cupel printed into the pages: `npm run pages`. The test beside it says when that is due. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../conventions/source-files.ts";
import { regenerated } from "./generated.ts";
import { allPages } from "./markdown.ts";

for (const page of allPages()) {
  const text = await regenerated(page);
  if (text !== page.text) writeFileSync(join(root, page.path), text);
}
