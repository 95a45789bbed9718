/** Makes of all our TypeScript, once for all test files, what test/guard/load.cjs runs in Node; Deno needs nothing of it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { stop, transform } from "esbuild";

/** The variable that says where it is, to test files and to what they start. */
const variable = "CUPEL_TEST_MODULES";

const banner = `const __resolve = (name) => require("node:url").pathToFileURL(require.resolve(name)).href;`;

/** Prepares what lies below `root`, unless whoever started this has done it. Gives what removes it again. */
export async function prepare(root: string): Promise<() => void> {
  if (!isOfUse() || process.env[variable] !== undefined) return () => {};
  const directory = mkdtempSync(join(tmpdir(), "cupel-test-modules-"));
  const files = ["src", "runner", "schema", "bench", "test"].flatMap((name) => sources(join(root, name)));
  await Promise.all(files.map((file) => prepareOne(file, directory)));
  await stop();
  process.env[variable] = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}

/** The command that runs `file`, an absolute path, with the engine of this process. */
export function commandOf(file: string, root: string): readonly string[] {
  if (process.versions["deno"] !== undefined) return [process.execPath, "run", "--quiet", "-A", file];
  if (process.env[variable] === undefined) return [process.execPath, "--import", import.meta.resolve("tsx"), file];
  return [process.execPath, join(root, "test/guard/load.cjs"), file];
}

/** Some packages are modules, which not every Node can require. */
function isOfUse(): boolean {
  const { features } = process as { features: { readonly require_module?: boolean } };
  return process.versions["deno"] === undefined && features.require_module === true;
}

function sources(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(directory, name));
}

async function prepareOne(file: string, directory: string): Promise<void> {
  const place = `${directory}${file}.js`;
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, await codeOf(file));
}

/** What cannot be transformed, such as a program that awaits at its top, says so to whoever loads it. */
async function codeOf(file: string): Promise<string> {
  try {
    const { code } = await transform(readFileSync(file, "utf8"), {
      loader: "ts",
      format: "cjs",
      platform: "node",
      target: "node20",
      supported: { "dynamic-import": false },
      define: { "import.meta.url": JSON.stringify(pathToFileURL(file).href), "import.meta.resolve": "__resolve" },
      banner,
      sourcefile: file,
      sourcemap: "inline",
      sourcesContent: false,
      tsconfigRaw: "{}",
      logLevel: "silent",
    });
    return code;
  } catch (error) {
    return `throw new SyntaxError(${JSON.stringify((error as Error).message)});`;
  }
}
