/** The files beside config.json that a step mounts. Fact sheet: upstream lib/sandbox.runc.ml, `run`. */
import type { SandboxRequest } from "./request.ts";

/** A file in the bundle directory, mode 0666 less umask: the directory's 0700 is what protects it on the host. */
export interface StepFile {
  readonly name: string;
  readonly content: string;
}

/** `secret-N`: numbered, so that no user chooses a file name on the host. */
export function secretName(index: number): string {
  return `secret-${index}`;
}

/** The files in the order they are written: hosts, then one for each secret. */
export function stepFiles(request: SandboxRequest): readonly StepFile[] {
  return [
    // No final newline, and always "builder", whatever the host name.
    { name: "hosts", content: "127.0.0.1 localhost builder" },
    ...request.mountSecrets.map(({ value }, index) => ({ name: secretName(index), content: value })),
  ];
}
