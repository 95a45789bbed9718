/** The reporters there are, by the name that --reporter takes. */
import type { MakeReporter } from "./reporter.ts";

/** Name to what loads the maker: a run pays for the reporters that it asks for, and for no others. */
export const reporters: ReadonlyMap<string, () => Promise<MakeReporter>> = new Map([
  ["pretty", async () => (await import("./pretty/pretty.ts")).pretty],
  ["ndjson", async () => (await import("./ndjson.ts")).ndjson],
  ["json", async () => (await import("./json.ts")).json],
]);
