/** src claims to run in Node, Deno and a browser without I/O, environment, clock and randomness. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { systems } from "../../src/systems/registry.ts";
import { root, sourceFiles } from "../conventions/source-files.ts";
import { assert, test } from "../suite.ts";

/** What Node, Deno and every browser have, and what does not touch the outside. */
const webGlobals = `
declare class TextEncoder { encode(text: string): Uint8Array }
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare function atob(text: string): string;
declare function btoa(text: string): string;
`;

const isDeno = process.versions["deno"] !== undefined;
const modules = sourceFiles("src").map(({ path }) => pathToFileURL(join(root, path)).href);

test("Deno loads every module and makes a config of every system without a single permission", () => {
  inDirectory((directory) => {
    const imports = modules.map((url) => `import "${url}";`);
    const fixture = pathToFileURL(join(root, "test/portability/no-permission.ts")).href;
    const entry = join(directory, "entry.ts");
    writeFileSync(
      entry,
      [...imports, `import { generateAll } from "${fixture}";`, "console.log(generateAll());"].join("\n"),
    );
    const deno = isDeno ? process.execPath : join(root, "node_modules/.bin/deno");
    const args = ["run", "--no-prompt", "--cached-only", "--config", join(root, "deno.json"), entry];
    // Deno's node:child_process adds -A wherever it recognises Deno's own path in a command line.
    const output = run("sh", ["-c", 'exec "$CUPEL_TEST_DENO" "$@"', "sh", ...args], { CUPEL_TEST_DENO: deno });
    assert.is(output, `${systems.map(({ name }) => name).join(" ")}\n`);
  });
});

test("src compiles where there is nothing but the language and a few pure globals of the web", () => {
  inDirectory((directory) => {
    writeFileSync(join(directory, "web-globals.d.ts"), webGlobals);
    const project = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: { types: [], lib: ["es2023"], noUnusedLocals: false, noUnusedParameters: false },
      include: [join(root, "src"), "web-globals.d.ts"],
    };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(project));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const args = [...(isDeno ? ["run", "-A"] : []), tsc, "--noEmit", "-p", directory];
    assert.is(run(process.execPath, args), "");
  });
});

test("loading a module of src changes nothing that others see", async () => {
  const before = Object.getOwnPropertyNames(globalThis).sort();
  for (const url of modules) await import(url);
  assert.equal(Object.getOwnPropertyNames(globalThis).sort(), before);
});

/** Standard output. Fails with all output when the command does. */
function run(command: string, args: readonly string[], more: { readonly [name: string]: string } = {}): string {
  const env = { ...process.env, ...more };
  const options = { cwd: root, stdio: "pipe", encoding: "utf8", env } as const;
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  assert.is(status, 0, `${error?.message ?? ""}${stdout}${stderr}`);
  return stdout;
}

function inDirectory(action: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), "cupel-portability-"));
  try {
    action(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
