/** The reporters there are, by the name that --reporter takes. */
import type { MakeReporter } from "./reporter.ts";

/** Name to what loads the maker: a run pays for the reporters that it asks for, and for no others. */
export const reporters: ReadonlyMap<string, () => Promise<MakeReporter>> = new Map([
  ["pretty", async () => (await import("./pretty/pretty.ts")).pretty],
  ["tap", async () => (await import("./tap.ts")).tap],
  ["junit", async () => (await import("./junit.ts")).junit],
  ["json", async () => (await import("./json.ts")).json],
  ["ndjson", async () => (await import("./ndjson.ts")).ndjson],
  ["github", async () => (await import("./github.ts")).github],
  ["markdown", async () => (await import("./markdown.ts")).markdown],
  ["html", async () => (await import("./html.ts")).html],
  ["baseline", async () => (await import("./baseline.ts")).baseline],
]);
