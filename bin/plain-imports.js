// Hooks of Node's module loader for our own TypeScript, where tsx does more than is needed. Each saves about as much time as
// judging the whole table takes.

/** Our imports name their files outright, so there is nothing to look for. */
export function resolve(specifier, { parentURL, ...rest }, next) {
  const isPlain = /^\.{1,2}\/.*\.ts$/.test(specifier) && parentURL !== undefined;
  if (!isPlain) return next(specifier, { parentURL, ...rest });
  return { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true };
}

/** A source map is longer than its module, and only a stack trace needs it. */
export async function load(url, context, next) {
  return withoutMap(url, await next(url, context));
}

/** `loaded` without the comment that holds its source map. */
export function withoutMap(url, loaded) {
  if (!url.endsWith(".ts") || loaded.source === null || loaded.source === undefined) return loaded;
  const { source } = loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const at = text.lastIndexOf("\n//# sourceMappingURL=");
  return at < 0 ? loaded : { ...loaded, source: text.slice(0, at + 1) };
}
