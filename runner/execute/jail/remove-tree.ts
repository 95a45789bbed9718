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
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) remove(`${path}/${entry.name}`, device, left);
      else removeName(`${path}/${entry.name}`, left);
    }
    rmdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") left.push(path);
  }
}

/** A name in a directory of that device; a file that is mounted over it from another one is busy and stays. */
function removeName(path: string, left: string[]): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") left.push(path);
  }
}
