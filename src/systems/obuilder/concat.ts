/** OCaml's `Filename.concat`, which upstream writes as `/`. */

/** `name` in `directory`: a slash goes between unless `directory` is empty or ends in one. Nothing is normalised. */
export function concat(directory: string, name: string): string {
  return directory === "" || directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
