/** The parts of pages that cupel itself printed: what stands between `<!-- cupel ... -->` and `<!-- end -->`. */
import { cupel } from "../runner/terminal.ts";
import type { Page } from "./markdown.ts";

const part = /<!-- cupel ([^\n]*?) -->\n[\s\S]*?<!-- end -->/g;

/** The command lines, without `cupel`, whose output stands in `page`. */
export function generatedBy({ text }: Page): readonly (readonly string[])[] {
  return [...text.matchAll(part)].map(([, line = ""]) => line.split(" "));
}

/** The text of `page` with every such part printed anew. Throws where a command fails. */
export async function regenerated(page: Page): Promise<string> {
  const outputs: string[] = [];
  for (const argv of generatedBy(page)) {
    const { exit, stdout, stderr } = await cupel(argv);
    if (exit !== 0) throw new Error(`cupel ${argv.join(" ")}: ${stderr}`);
    outputs.push(stdout);
  }
  let at = 0;
  return page.text.replace(part, (_, line: string) => {
    const output = outputs[at] ?? "";
    at += 1;
    return `<!-- cupel ${line} -->\n\n${output}\n<!-- end -->`;
  });
}
