/** Removal that never follows a link and never crosses onto another device. */
import { lstatSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";

/** Removes `path` and all below it that is on the same device. What is gone already is no error; what stays is reported by the return. */
export function removeTree(path: string): readonly string[] {
  const left: string[] = [];
  let device: number;
  try {
    device = lstatSync(path).dev;
  } catch {
    return left;
  }
  remove(path, device, left);
  return left;
}

function remove(path: string, device: number, left: string[]): void {
  try {
    const status = lstatSync(path);
    if (status.dev !== device) {
      left.push(path);
      return;
    }
    if (!status.isDirectory()) {
      unlinkSync(path);
      return;
    }
    for (const name of readdirSync(path)) remove(`${path}/${name}`, device, left);
    rmdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") left.push(path);
  }
}
