/** Stand-ins for mount(8), unshare(1) and what is started: nothing is mounted, and a command sees the bare root. */
import { encodeUtf8 } from "../../../bytes/utf8.ts";
import { type Host, HostError, type Namespaces, type Tools } from "../../host.ts";
import { runTiny } from "./tiny-shell.ts";

/** What `mount` does: succeed without mounting, fail when it is called the n-th time (from 0), or be missing. */
export type StandInMount = "logged-noop" | { readonly failAt: number } | "absent";

/** `host` with namespaces in which nothing is mounted. */
export function withStandIns(host: Host, mount: StandInMount): Host {
  const outside: Namespaces = namespacesOf(host, "mnt:[1]");
  return {
    ...host,
    namespaces: {
      ...outside,
      enter: (_, env, entry, input) => {
        const namespaces = namespacesOf(host, "mnt:[2]");
        const inside = { pid: 1, cwd: "/", env };
        return entry.run(input, { ...host, process: inside, tools: mountTool(mount), namespaces });
      },
    },
  };
}

function namespacesOf({ files }: Host, own: string): Namespaces {
  return {
    enter: () => {
      throw new Error("Nobody enters namespaces from inside");
    },
    mountNamespace: (of) => (of === "self" ? own : "mnt:[1]"),
    mayLimit: () => true,
    launch: (program) => runTiny(files, program),
    busybox: () => encodeUtf8("\u007fELF (a stand-in)"),
  };
}

function mountTool(mount: StandInMount): Tools {
  let calls = 0;
  return {
    run: ([name = ""]) => {
      if (name !== "mount" || mount === "absent") throw new HostError("ENOENT", name);
      const fails = typeof mount === "object" && mount.failAt === calls;
      calls += 1;
      if (!fails) return { status: 0, stdout: encodeUtf8(""), stderr: encodeUtf8("") };
      return { status: 32, stdout: encodeUtf8("to stdout\n"), stderr: encodeUtf8("mount: refused\n") };
    },
  };
}
