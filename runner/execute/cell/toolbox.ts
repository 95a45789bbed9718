/**
 * The interpreter and tools that the step needs inside a cell: a static busybox, else the host's own shell and
 * coreutils with the libraries that ldd names. They stand in /.cupel/ of the root file system, so that /bin/sh exists
 * in a cell only if the case asks for it.
 */
import { constants, copyFileSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { CupelError } from "../../../src/errors.ts";
import { findTool, minimalEnvironment, needTool } from "../jail/tools.ts";
import { runBriefly } from "../runtime/run-briefly.ts";
import { ensureDirectory } from "./fixtures.ts";

/** What goes into the root file system of every cell. */
export interface Toolbox {
  readonly kind: "busybox" | "closure";
  /** First lines of the step: its interpreter, and whether that has some tools within. */
  readonly interpreter: string;
  /** Host path to path inside the root file system, both absolute. */
  readonly files: readonly { readonly from: string; readonly to: string }[];
  /** A host file that is a shell when it is called `sh`. */
  readonly shell: string;
}

/** Milliseconds. */
const patience = 10_000;

const tools = ["base64", "cat", "grep", "head", "ls", "readlink", "stat", "uname"];

/** Finds the tools once. Throws {@link CupelError} when there is neither a static busybox nor a closure. */
export async function findToolbox(): Promise<Toolbox> {
  const busybox = findTool("busybox");
  if (busybox !== undefined && isStatic(busybox)) {
    return {
      kind: "busybox",
      interpreter: `#!/.cupel/busybox sh\nwithin=${(await hasToolsWithin(busybox)) ? "yes" : "no"}\n`,
      files: [{ from: busybox, to: "/.cupel/busybox" }],
      shell: busybox,
    };
  }
  const shell = needTool("sh");
  const programs = tools.map((tool) => ({ from: needTool(tool), to: `/.cupel/${tool}` }));
  const all = [{ from: shell, to: "/.cupel/sh" }, ...programs];
  const libraries = await librariesOf(all.map(({ from }) => from));
  return {
    kind: "closure",
    interpreter: "#!/.cupel/sh\n",
    files: [...all, ...libraries.map((path) => ({ from: path, to: path }))],
    shell,
  };
}

/** Copies (never links: a runtime may let a running binary be written to) the tools into `rootfs`. */
export function placeToolbox(toolbox: Toolbox, rootfs: string): void {
  for (const { from, to } of toolbox.files) {
    let at = rootfs;
    for (const component of to.split("/").slice(1, -1)) {
      at = `${at}/${component}`;
      ensureDirectory(at, 0o755);
    }
    copyFileSync(from, rootfs + to, constants.COPYFILE_EXCL); // never through a link
  }
}

/**
 * Whether the shell of `busybox` does the work of stat, head and ls in a child of its own, whatever PATH says
 * (FEATURE_SH_STANDALONE): that child then still has the shell's command line.
 */
async function hasToolsWithin(busybox: string): Promise<boolean> {
  const script = "PATH=/; stat / && ls / && head -c 4096 /proc/self/cmdline";
  const { status, stdout } = await runBriefly([busybox, "sh", "-c", script], patience);
  return status === 0 && stdout.includes(`\0-c\0${script}\0`);
}

/** Whether an ELF file has no interpreter (elf(5), PT_INTERP). */
function isStatic(path: string): boolean {
  const bytes = readFileSync(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 64 || view.getUint32(0) !== 0x7f454c46 || bytes[4] !== 2) return false;
  const start = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  return Array.from({ length: view.getUint16(56, true) }, (_, n) => view.getUint32(start + n * size, true)).every(
    (type) => type !== 3,
  );
}

async function librariesOf(programs: readonly string[]): Promise<readonly string[]> {
  const { stdout, failed, stderr } = await execa(needTool("ldd"), programs, {
    env: minimalEnvironment,
    extendEnv: false,
    reject: false,
    stdin: "pipe",
  });
  if (failed) {
    throw new CupelError("no-toolbox", `Cannot find the libraries of the host's shell: ${stderr}`, {
      hint: "install a static busybox, on Debian: apt-get install busybox-static",
      exit: 3,
    });
  }
  return [...new Set([...stdout.matchAll(/(?:=> |^\s+)(\/\S+)/gm)].flatMap(([, path]) => (path ? [path] : [])))];
}
