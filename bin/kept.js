// Keeps scripts between starts, in a directory for temporary files that belongs to the caller alone. Where there can be
// none, nothing is kept, and every start makes its script anew.
//
// A file is one line of JSON, { engine, sources: [[PATH, SIZE, MTIME, CTIME, INODE]...] }, and the script.

import fs from "node:fs";
import { tmpdir } from "node:os";

/** So many checkouts may have scripts here. */
const most = 16;
/** Milliseconds: a source that changed so shortly before it was read may have changed meanwhile. */
const moment = 100;

/** The script kept for `entry` of the package at `root`, and its file; undefined when there is none, or not any more. */
export function readKept(root, entry) {
  try {
    const place = placeOf(root, entry);
    if (place === undefined) return undefined;
    const bytes = fs.readFileSync(place);
    const end = bytes.indexOf("\n");
    const { engine, sources } = JSON.parse(bytes.utf8Slice(0, end));
    const isSame = sources.every((source) => {
      const now = describe(source[0]);
      return now !== undefined && source.every((value, index) => value === now[index]);
    });
    return isSame && engine === process.version ? { code: bytes.latin1Slice(end + 1), place } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the script that was made of `sources` since `begun`. Gives its file, or undefined when it could not be kept. */
export function keep(root, entry, sources, code, begun) {
  try {
    makeDirectory();
    const place = placeOf(root, entry);
    const described = sources.map(describe);
    if (place === undefined || !described.every((each) => each !== undefined && each[3] < begun - moment))
      return undefined;
    write(place, `${JSON.stringify({ engine: process.version, sources: described })}\n${code}`);
    removeOldest();
    return place;
  } catch {
    return undefined;
  }
}

/** What tells that a file is the one that was read. */
function describe(path) {
  const status = fs.statSync(path, { throwIfNoEntry: false });
  return status && [path, status.size, status.mtimeMs, status.ctimeMs, status.ino];
}

/** The directory is named for who the caller is outside of a user namespace: there, many are called 0. */
function directory() {
  return `${tmpdir()}/cupel-code-${outsideId(process.geteuid())}`;
}

function outsideId(uid) {
  const map = "/proc/self/uid_map";
  if (!fs.existsSync(map)) return uid;
  const ranges = fs.readFileSync(map, "latin1").trim().split("\n");
  const [inside, outside] = ranges
    .map((range) => range.trim().split(/ +/).map(Number))
    .find(([first, , count]) => uid >= first && uid < first + count) ?? [uid, uid];
  return uid - inside + outside;
}

function makeDirectory() {
  try {
    fs.mkdirSync(directory(), { mode: 0o700 });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}

/** Undefined where somebody else could have put something. */
function placeOf(root, entry) {
  const { uid, mode } = fs.lstatSync(directory());
  const isOurs = uid === process.geteuid() && (mode & fs.constants.S_IFMT) === fs.constants.S_IFDIR;
  if (!isOurs || (mode & 0o077) !== 0) return undefined;
  const { dev, ino } = fs.statSync(root);
  return `${directory()}/${entry.replaceAll(/[^a-z0-9]/g, "-")}-${dev}-${ino}.cjs`;
}

/** Whole or not at all, even when the machine stops. */
function write(place, text) {
  const draft = `${place}.${process.pid}`;
  try {
    fs.writeFileSync(draft, text, { mode: 0o600, flag: "wx", flush: true });
    fs.renameSync(draft, place);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

function removeOldest() {
  const files = fs.readdirSync(directory()).map((name) => `${directory()}/${name}`);
  const aged = files.map((file) => ({ file, time: fs.statSync(file).mtimeMs })).sort((a, b) => b.time - a.time);
  for (const { file } of aged.slice(most)) fs.rmSync(file, { force: true });
}
