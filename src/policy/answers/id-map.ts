/** /proc/PID/uid_map and gid_map. */

/** One range: first id inside, first id outside, how many. */
export type IdRange = readonly [inside: number, outside: number, size: number];

/** The ranges in the order of their ids inside; undefined when a line has another form. No line at all is no range. */
export function parseIdMap(text: string): readonly IdRange[] | undefined {
  const ranges: IdRange[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const match = /^\s*([0-9]+)\s+([0-9]+)\s+([0-9]+)\s*$/.exec(line);
    if (match === null) return undefined;
    ranges.push([Number(match[1]), Number(match[2]), Number(match[3])]);
  }
  return ranges.sort((a, b) => a[0] - b[0]);
}
