// Loads our TypeScript in Node: everything that an entry can reach, as one script. To ask Node's loader for some 400
// modules takes longer than to judge the whole table. The script is kept for the next start, which looks whether all that
// it was made of is the same still. Where that cannot be done, tsx loads one module after the other.

import { statSync } from "node:fs";
import Module from "node:module";
import { fileURLToPath } from "node:url";
import { keep, readKept } from "./kept.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The exports of `entry`, a path below the package. Throws what makes it impossible to read the sources. */
export async function load(entry) {
  // CUPEL_SOURCE_MAPS=1: stack traces name the lines of our files.
  const wantsLines = (process.env.CUPEL_SOURCE_MAPS ?? "") !== "";
  const script = wantsLines ? undefined : (readKept(root, entry) ?? (await make(entry)));
  return script === undefined ? await loadEach(entry) : evaluate(script);
}

/** A new script; undefined when there can be none. */
async function make(entry) {
  const begun = Date.now();
  try {
    const { bundle } = await import("./bundle.js");
    const { code, sources } = await bundle(root, entry);
    return { code, place: keep(root, entry, sources, code, begun) ?? "cupel" };
  } catch {
    return undefined;
  }
}

async function loadEach(entry) {
  const { register } = await import("tsx/esm/api");
  // Without this tsx obeys the tsconfig.json of the working directory, which is somebody else's.
  register({ tsconfig: false });
  return await import(`../${entry}`);
}

/** `place` is what stack traces would call the script. */
function evaluate({ code, place }) {
  nameFiles(code, place);
  const module = new Module(place);
  module._compile(code, place);
  return module.exports;
}

/** Stack traces name our files: the script says before each module where that stood. */
function nameFiles(code, place) {
  let lines;
  const fileAt = (line) => {
    lines ??= code.split("\n");
    for (let at = line - 1; at >= 0; at--) {
      const [, path] = /^\s*\/\/ (\S.*\.[cm]?[jt]s)$/.exec(lines[at] ?? "") ?? [];
      if (path !== undefined && statSync(root + path, { throwIfNoEntry: false }) !== undefined) return root + path;
    }
    return place;
  };
  Error.prepareStackTrace = (error, frames) => {
    const named = frames.map((frame) => {
      const at = `${place}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
      return `\n    at ${String(frame).replace(at, () => fileAt(frame.getLineNumber()))}`;
    });
    return Error.prototype.toString.call(error) + named.join("");
  };
}
