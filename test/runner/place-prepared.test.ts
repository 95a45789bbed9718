import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { placePrepared } from "../../runner/execute/cell/place-prepared.ts";
import type { CallQuestion } from "../../runner/execute/cell/sort-questions.ts";
import type { Preparation } from "../../src/policy/question.ts";
import { assert, test } from "../suite.ts";

const program: Preparation = { program: "effective-user" };
const node: Preparation = { node: "c", major: 1, minor: 3 };

/** Places for one question at `argument`, in a cell with a directory `in`, a file `file` and a link `link` to elsewhere. */
function placed(
  argument: string,
  prepared: (directory: string) => Preparation,
  check: (directory: string) => void,
): void {
  const directory = mkdtempSync(`${tmpdir()}/cupel-placed-`);
  try {
    for (const name of ["rootfs", "rootfs/.cupel", "in", "nodes"]) mkdirSync(`${directory}/${name}`);
    writeFileSync(`${directory}/file`, "");
    writeFileSync(`${directory}/nodes/c-1-3`, "in place of a node\n");
    mkdirSync(`${directory}-elsewhere`);
    symlinkSync(`${directory}-elsewhere`, `${directory}/link`);
    const question = { on: "cell", ask: "call", call: "execute", argument, prepared: prepared(directory) } as const;
    const questions: readonly { readonly question: CallQuestion }[] = [{ question }];
    placePrepared(questions, { directory, rootfs: `${directory}/rootfs`, nodes: `${directory}/nodes` });
    check(directory);
    assert.equal(readdirSync(`${directory}-elsewhere`), []);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    rmSync(`${directory}-elsewhere`, { recursive: true, force: true });
  }
}

test("a program of ours is put into the root file system, where its parents are made", () => {
  placed(
    "/.cupel/deep/own",
    () => program,
    (directory) => {
      const { mode } = lstatSync(`${directory}/rootfs/.cupel/deep/own`);
      assert.is(mode & 0o7777, 0o755);
    },
  );
});

test("a set-user-id one belongs to another user, or is not there where files cannot be given away", () => {
  const setUserId = { user: 1, group: 0 };
  placed(
    "/.cupel/own",
    () => ({ program: "effective-user", setUserId }),
    (directory) => {
      const path = `${directory}/rootfs/.cupel/own`;
      if (process.getuid?.() !== 0) assert.ok(!existsSync(path));
      else assert.equal([lstatSync(path).mode & 0o7777, lstatSync(path).uid], [0o4755, 1]);
    },
  );
});

test("a program is put into a directory of the cell that a bind shows", () => {
  placed(
    "/data/.cupel-program",
    (directory) => ({ ...program, place: `${directory}/in/.cupel-program` }),
    (directory) => {
      assert.equal(readdirSync(`${directory}/in`), [".cupel-program"]);
    },
  );
});

test("a node is a link to the run's own, and none where there is none", () => {
  placed(
    "/.cupel/nodes/null",
    () => node,
    (directory) => {
      assert.is(lstatSync(`${directory}/rootfs/.cupel/nodes/null`).ino, lstatSync(`${directory}/nodes/c-1-3`).ino);
    },
  );
  placed(
    "/.cupel/nodes/loop",
    () => ({ ...node, major: 7 }),
    (directory) => {
      assert.equal(readdirSync(`${directory}/rootfs/.cupel/nodes`), []);
    },
  );
});

test("nothing is put into a file, through a link, or outside the cell", () => {
  for (const where of ["file", "link", "none", "../elsewhere"]) {
    placed(
      "/data/.cupel-program",
      (directory) => ({ ...program, place: `${directory}/${where}/.cupel-program` }),
      () => {},
    );
  }
  placed(
    "/data/.cupel-program",
    () => ({ ...program, place: `${tmpdir()}/.cupel-program` }),
    () => {
      assert.ok(!existsSync(`${tmpdir()}/.cupel-program`));
    },
  );
});
