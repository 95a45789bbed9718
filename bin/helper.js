// The process that works in namespaces for cupel. It reads its task from standard input; nobody starts it by hand.

import module from "node:module";

if (process.versions.deno === undefined) {
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: false });
  if (module.registerHooks === undefined) module.register("./plain-imports.js", import.meta.url);
}
const { help } = await import("../runner/host/helper.ts");
await help();
