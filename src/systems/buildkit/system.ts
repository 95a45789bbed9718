/** BuildKit's executor for OCI runtimes. */
import type { Json } from "../../json/value.ts";
import type { System } from "../system.ts";
import { operations } from "./operations.ts";
import { planBundle } from "./plan-bundle.ts";

const exampleRequest: Json = {
  id: "k7w5xzy1ql3pssq4f8n22cyr0",
  meta: {
    args: ["/bin/sh", "-c", "echo hello > /root/.cache/greeting"],
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "CC=gcc"],
    cwd: "/src",
    securityMode: "sandbox",
  },
  resolvConf: "/var/lib/buildkit/runc-overlayfs/executor/resolv.conf",
  hostsFile: "/var/lib/buildkit/runc-overlayfs/executor/hosts",
  network: { mode: "none" },
  processMode: "sandbox",
  idmap: null,
  mounts: [
    {
      dest: "/root/.cache",
      readonly: false,
      selector: "",
      src: {
        kind: "ref",
        mounts: [{ type: "bind", source: "/var/lib/buildkit/runc-overlayfs/snapshots/7/fs", options: ["rbind", "rw"] }],
      },
    },
    { dest: "/tmp", readonly: false, selector: "", src: { kind: "tmpfs" } },
  ],
  opts: [],
};

const exampleOptions: Json = { arch: "amd64", seccompSupported: true, inUserNS: false };

/** The system `buildkit`: the steps of a Dockerfile and the like, each in a container of its own. */
export const buildkit: System = {
  name: "buildkit",
  upstream: { project: "moby/buildkit, executor/oci", url: "https://github.com/moby/buildkit" },
  revisions: [{ id: "8cd927c7", commit: "8cd927c788581245b3c797602ecb4e7dd6ee187e", date: "2020-07-31" }],
  operations,
  hostFacts: ["arch", "seccompSupported", "inUserNS", "freeLoopId", "hostEtcResolvConf"],
  example: { request: exampleRequest, options: exampleOptions },
  bundlePlan: planBundle,
};
