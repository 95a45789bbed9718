/** /proc/net/dev and /proc/net/route. */

/** Names of the interfaces, sorted; undefined when the text is not /proc/net/dev. */
export function parseInterfaces(text: string): readonly string[] | undefined {
  const [first, second, ...rows] = text.split("\n");
  if (first === undefined || second === undefined || !first.startsWith("Inter-|")) return undefined;
  const names = rows.flatMap((row) => /^\s*([^\s:]+):/.exec(row)?.[1] ?? []);
  return names.sort();
}

/** Routes as `interface destination gateway mask`, in the kernel's hexadecimal, sorted; undefined when it is no such table. */
export function parseRoutes(text: string): readonly string[] | undefined {
  const [heading, ...rows] = text.split("\n");
  if (heading === undefined || !heading.startsWith("Iface")) return undefined;
  const routes = rows.flatMap((row) => {
    const [name, destination, gateway, , , , , mask] = row.trim().split(/\s+/);
    return name === undefined || destination === undefined ? [] : [`${name} ${destination} ${gateway} ${mask}`];
  });
  return routes.sort();
}
