// The process that works in namespaces for cupel. It reads its task from standard input; nobody starts it by hand.

const { help } =
  process.versions.deno === undefined
    ? await (await import("./load.js")).load("runner/host/helper.ts")
    : await import("../runner/host/helper.ts");
await help();
