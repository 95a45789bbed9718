/** Mount tables in few words. */

/** `[mount point, options, type, super options]`. */
export type MountLine = readonly [point: string, options?: string, type?: string, superOptions?: string];

/**
 * The text of a mountinfo with these mounts, made in this order. Each lies on the last one before it that holds its mount
 * point.
 */
export function mountLines(...mounts: readonly MountLine[]): string {
  const points: string[] = ["/"];
  const lines = [line(1, 0, "/", "rw,relatime", "ext4", "rw")];
  for (const [point, options = "rw,relatime", type = "ext4", superOptions = "rw"] of mounts) {
    const parent = points.findLastIndex((other) => other === "/" || point === other || point.startsWith(`${other}/`));
    points.push(point);
    lines.push(line(points.length, parent + 1, point, options, type, superOptions));
  }
  return lines.join("");
}

function line(id: number, parent: number, point: string, options: string, type: string, superOptions: string): string {
  const escaped = point.replace(/[ \t\n\\]/g, (each) => `\\${each.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return `${id} ${parent} 0:${id} / ${escaped} ${options} shared:1 - ${type} none ${superOptions}\n`;
}
