/** Other platforms' parts of config.json. Fact sheet: opencontainers/runtime-spec v1.1.0, specs-go/config.go. */
import { always, type GoStruct, list, pointer, struct } from "../../go/type.ts";
import { deviceType } from "./runtime-spec-linux.ts";

const texts = list("string");

/** `solaris`. */
export const solarisType: GoStruct = struct({
  milestone: "string",
  limitpriv: "string",
  maxShmMemory: "string",
  anet: list(
    struct({
      linkname: "string",
      lowerLink: "string",
      allowedAddress: "string",
      configureAllowedAddress: "string",
      defrouter: "string",
      linkProtection: "string",
      macAddress: "string",
    }),
  ),
  cappedCPU: pointer(struct({ ncpus: "string" })),
  cappedMemory: pointer(struct({ physical: "string", swap: "string" })),
});

/** `windows`. */
export const windowsType: GoStruct = struct({
  layerFolders: always(texts),
  devices: list(struct({ id: always("string"), idType: always("string") })),
  resources: pointer(
    struct({
      memory: pointer(struct({ limit: pointer("uint64") })),
      cpu: pointer(struct({ count: pointer("uint64"), shares: pointer("uint16"), maximum: pointer("uint16") })),
      storage: pointer(struct({ iops: pointer("uint64"), bps: pointer("uint64"), sandboxSize: pointer("uint64") })),
    }),
  ),
  credentialSpec: "any",
  servicing: "bool",
  ignoreFlushesDuringBoot: "bool",
  hyperv: pointer(struct({ utilityVMPath: "string" })),
  network: pointer(
    struct({
      endpointList: texts,
      allowUnqualifiedDNSQuery: "bool",
      DNSSearchList: texts,
      networkSharedContainerName: "string",
      networkNamespace: "string",
    }),
  ),
});

/** `vm`. */
export const vmType: GoStruct = struct({
  hypervisor: always(struct({ path: always("string"), parameters: texts })),
  kernel: always(struct({ path: always("string"), parameters: texts, initrd: "string" })),
  image: always(struct({ path: always("string"), format: always("string") })),
});

/** `zos`. */
export const zosType: GoStruct = struct({ devices: list(deviceType) });
