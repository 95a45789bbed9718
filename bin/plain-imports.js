// A hook of Node's module loader: our imports name their files outright, so there is nothing to look for. Having tsx look
// all the same takes about as long as judging the whole table.

/** Where `specifier` leads, seen from `parentURL`. */
export function resolve(specifier, { parentURL, ...rest }, next) {
  const isPlain = /^\.{1,2}\/.*\.ts$/.test(specifier) && parentURL !== undefined;
  if (!isPlain) return next(specifier, { parentURL, ...rest });
  return { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true };
}
