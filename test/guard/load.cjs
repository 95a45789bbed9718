// Runs a TypeScript program in Node from what test/guard/prepare.ts has made of all our files: `load.cjs FILE ARGUMENTS`.
// Node's loader of modules, asked through hooks for each of some hundred files, would take longer than most tests.
"use strict";
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { resolve } = require("node:path");
const { fileURLToPath } = require("node:url");

const prepared = process.env.CUPEL_TEST_MODULES;
const resolveFilename = Module._resolveFilename;

// What was import() of the URL of a file.
Module._resolveFilename = (request, ...rest) =>
  resolveFilename(request.startsWith("file:") ? fileURLToPath(request) : request, ...rest);
Module._extensions[".ts"] = (module, path) => module._compile(readFileSync(`${prepared}${path}.js`, "utf8"), path);

// Stack traces name the lines of the TypeScript.
process.setSourceMapsEnabled(true);
process.argv.splice(1, 1);
process.argv[1] = resolve(process.argv[1]);
require(process.argv[1]);
