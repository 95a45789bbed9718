// Turns our TypeScript into the one script that bin/load.js evaluates.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The script of `entry`, a path below `root`, in ASCII, and the absolute paths of all files on which it depends. Packages
 * are part of it; what is imported when it is needed is not evaluated before.
 */
export async function bundle(root, entry) {
  const { build, stop } = await import("esbuild");
  try {
    const { metafile, outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: "cupel.cjs",
      write: false,
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "node20",
      // Otherwise Node's loader is asked again.
      supported: { "dynamic-import": false },
      metafile: true,
      logLevel: "silent",
      // A tsconfig.json of a directory above is somebody else's.
      tsconfigRaw: "{}",
      plugins: [
        { name: "place", setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, ({ path }) => withPlace(path, root)) },
      ],
    });
    const sources = Object.keys(metafile.inputs).map((path) => `${root}${path}`);
    return { code: outputFiles[0].text, sources: [...sources, ...manifests(sources), ...makers()] };
  } finally {
    // Nothing of ours goes on beside the command.
    await stop();
  }
}

/** A module that has its own place in it, by which it finds data of the package. Undefined for one that does not ask. */
function withPlace(path, root) {
  // The core touches no files.
  if (path.startsWith(`${root}src/`)) return undefined;
  const text = readFileSync(path, "utf8");
  if (!text.includes("import.meta.url")) return undefined;
  return { contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)), loader: "ts" };
}

/** The package.json of each package: it says which file an import means. */
function manifests(sources) {
  const packages = sources.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(path) ?? []);
  return [...new Set(packages)].map((directory) => `${directory}package.json`);
}

/** Who makes the script. */
function makers() {
  const { resolve } = createRequire(import.meta.url);
  return [fileURLToPath(import.meta.url), resolve("esbuild/package.json")];
}
