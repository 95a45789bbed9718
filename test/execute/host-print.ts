/** A fingerprint of the host: what a run must leave as it found it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { cgroupMounts } from "../../runner/execute/jail/cgroups.ts";

/** Everything that is compared; lists are sorted. */
export interface HostPrint {
  readonly mounts: string;
  /** Paths of cgroup directories of ours. */
  readonly cgroups: readonly string[];
  /** Command lines of processes that look like ours or a runtime's. */
  readonly processes: readonly string[];
  /** Names in /tmp that are ours or a runtime's; other programs may come and go there. */
  readonly temporary: readonly string[];
  readonly state: readonly string[];
  /** Names of the records in the state directory. */
  readonly records: readonly string[];
  readonly null: string;
  readonly hostname: string;
}

/** Takes the fingerprint now. */
export function hostPrint(): HostPrint {
  const { uid, gid, mode, rdev } = statSync("/dev/null");
  return {
    mounts: readFileSync("/proc/self/mountinfo", "utf8"),
    cgroups: cgroupMounts().flatMap((mount) => directories(mount).filter((path) => path.includes("cupel"))),
    processes: processes(),
    temporary: readdirSync("/tmp").filter((name) => /^(?:cupel-scratch-|crun\.)/.test(name)),
    state: readdirSync("/run").filter((name) => name.startsWith("cupel")),
    records: existsSync("/run/cupel-0") ? readdirSync("/run/cupel-0") : [],
    null: `${uid}:${gid} ${mode.toString(8)} ${rdev}`,
    hostname: hostname(),
  };
}

function directories(path: string): readonly string[] {
  try {
    const children = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [path, ...children.flatMap(({ name }) => directories(`${path}/${name}`))];
  } catch {
    return [];
  }
}

/** Commands of a run; the test's own command line and its runner's are not among them. */
function processes(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return /cupel-reaper|cupel-canary|\.cupel\/|\/run\/cupel/.test(line) ? [line] : [];
      } catch {
        return [];
      }
    })
    .sort();
}

/** What is left of the run `id` anywhere on the host: empty after a run that ended, however it ended. */
export function leftOf(id: string): readonly string[] {
  const now = hostPrint();
  const places = [...now.cgroups, ...now.processes, ...now.mounts.split("\n"), ...now.records];
  return places.filter((place) => place.includes(id));
}

/** The id of the run of process `pid`, once it has a record. */
export function runOf(pid: number | undefined): string | undefined {
  const name = hostPrint().records.find((record) => record.split("-")[2] === String(pid));
  return name?.split("-")[1];
}

/** Whether the run of process `pid` is executing a cell just now. */
export function hasCell(pid: number | undefined): boolean {
  const id = runOf(pid);
  return id !== undefined && hostPrint().processes.some((line) => line.includes(id) && / run --bundle /.test(line));
}

/** The process of cupel that is inside the jail of run `id`: the reaper's only command. */
export function innerHalf(id: string): number {
  const found = readdirSync("/proc").find((pid) => {
    try {
      const program = /^[0-9]+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] : undefined;
      return program === process.execPath && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`"run":"${id}"`);
    } catch {
      return false; // it ended meanwhile
    }
  });
  return Number(found);
}
