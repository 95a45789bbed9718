/** metalor: build cells in a changed root, with namespaces of their own. */
import type { Json } from "../../json/value.ts";
import type { System } from "../system.ts";
import { fileOperations } from "./file-operations.ts";
import { hostOperations } from "./host-operations.ts";
import { ociConfig } from "./oci-config.ts";
import { planBundle } from "./plan-bundle.ts";
import { pureOperations } from "./pure-operations.ts";
import { roundOperations } from "./round-operations.ts";

const exampleRequest: Json = {
  spec: {
    root: "/srv/cells/hello/root",
    scratch: "/srv/cells/hello/scratch",
    workspacePath: "/workspace",
    workspaceSeed: { SnapshotDir: "/srv/src/hello" },
    imports: [{ source: "/srv/toolchains/gcc-14", destination: "/opt/gcc" }],
    caches: [{ source: "/srv/cache/ccache", destination: "/root/.cache/ccache" }],
    exports: [{ source: "/workspace/hello", destination: "/srv/out/hello" }],
    command: { cwd: "/workspace", executable: "/bin/sh", argv: ["-ec", "make"] },
    env: [
      ["PATH", "/opt/gcc/bin:/usr/bin:/bin"],
      ["HOME", "/root"],
    ],
    network: "Disabled",
    limits: { cpuTimeSeconds: 600, memoryBytes: 4294967296, maxProcesses: 512 },
    cleanup: "PreserveOnFailure",
  },
};

/** The system `metalor`: build cells for trusted callers, by chroot and namespaces. It has no OCI config of its own. */
export const metalor: System = {
  name: "metalor",
  upstream: { project: "victorstewart/metalor", url: "https://github.com/victorstewart/metalor" },
  revisions: [{ id: "b23eafd0", commit: "b23eafd04ec36e61e0cc40a1542ba88b86865bf9", date: "2026-04-03" }],
  operations: Object.assign(Object.create(null), pureOperations, hostOperations, fileOperations, roundOperations, {
    ociConfig,
  }),
  instead: { main: "plan", config: "ociConfig" },
  hostFacts: ["host.uid", "host.gid", "host.groups", "host.capabilities"],
  example: { request: exampleRequest, options: {} },
  bundlePlan: planBundle,
};
