/** The intent as a request to BuildKit. Fact sheet: BuildKit, sections 1 to 8. */
import type { Json } from "../../json/value.ts";
import { buildFacts } from "./build-facts.ts";
import type { Mapping } from "./mapping.ts";
import type { Wishes } from "./wishes.ts";

const { command, directory, environment, firstSubordinateId, gid, input, secret, subordinateIds, uid } = buildFacts;

const noLimits = "this revision limits no resources; later ones do";

/** Everything but the default mounts comes in as mounts: snapshots, secrets, results. */
export const askBuildkit: Mapping = {
  system: "buildkit",
  fixed: {
    shell: { is: "elsewhere", why: "the image has one or not" },
    memory: { is: "never", why: noLimits },
    cpus: { is: "never", why: noLimits },
    "cpu-time": { is: "never", why: "it has no such limit" },
    processes: { is: "never", why: noLimits },
  },
  remarks: {
    network: "the host's own network; where the daemon has CNI plugins, a network that they make",
    output: "a mount of its own; without read-only-root the root file system can be written to as well",
    "user-namespace": "the daemon is told once for all builds, by its identity mapping",
  },
  ask: (wishes) => ({
    request: {
      id: "posture",
      meta: {
        args: command,
        env: environment.map(([name, value]) => `${name}=${value}`),
        cwd: directory,
        securityMode: "sandbox",
      },
      resolvConf: "/var/lib/buildkit/executor/resolv.conf",
      hostsFile: "/var/lib/buildkit/executor/hosts",
      network: { mode: wishes.network ? "host" : "none" },
      processMode: "sandbox",
      idmap: wishes["user-namespace"] ? { uidMaps: [range], gidMaps: [range] } : null,
      mounts: mountsOf(wishes),
      opts: optionsOf(wishes),
    },
    options: { os: "linux", arch: "amd64", seccompSupported: true, inUserNS: false },
  }),
};

const range: Json = { containerId: 0, hostId: firstSubordinateId, size: subordinateIds };

function mountsOf(wishes: Wishes): readonly Json[] {
  return [
    ...(wishes.input ? [mount(input, true, "ref", "/var/lib/buildkit/snapshots/1", ["rbind"])] : []),
    ...(wishes.output ? [mount(directory, false, "ref", "/var/lib/buildkit/snapshots/2", ["rbind"])] : []),
    ...(wishes.secret ? [mount(secret, true, "static", "/var/lib/buildkit/secrets/token", secretOptions)] : []),
  ];
}

/** Fact sheet, section 6: what the solver makes of a secret. */
const secretOptions = ["ro", "rbind", "nodev", "nosuid", "noexec"];

function mount(dest: string, readonly: boolean, kind: string, source: string, options: readonly string[]): Json {
  return { dest, readonly, selector: "", src: { kind, mounts: [{ type: "bind", source, options }] } };
}

/** What the executor adds for the user and the root file system of a step. */
function optionsOf(wishes: Wishes): readonly Json[] {
  return [
    { op: "uidGid", uid: wishes.root ? 0 : uid, gid: wishes.root ? 0 : gid, additionalGids: [] },
    ...(wishes["read-only-root"] ? [{ op: "readonlyRootFS" }] : []),
  ];
}
