/** The bundle directory of one run and the command that starts it. Fact sheet: upstream lib/sandbox.runc.ml, `run`. */
import type { JsonObject } from "../../json/value.ts";
import { makeConfig } from "./make-config.ts";
import type { BundleOptions } from "./options.ts";
import type { SandboxRequest } from "./request.ts";
import { stepFiles } from "./step-files.ts";

/** With the usual umask 022. */
const fileMode = "0644";

/**
 * The command line with its working directory, which is the bundle, and the files in it with octal modes, as they are
 * written. Throws {@link ../rejection.ts | Rejection} where config.json is refused; then nothing has been started.
 */
export function makeBundle(request: SandboxRequest, options: BundleOptions): JsonObject {
  const config = makeConfig(request, { ...options, configDir: options.runDir });
  return {
    argv: commandLine(options),
    cwd: options.runDir,
    dirMode: "0700",
    files: [
      { name: "config.json", mode: fileMode, json: config, endsWithNewline: true },
      ...stepFiles(request).map(({ name, content }) => ({ name, mode: fileMode, content })),
    ],
  };
}

function commandLine({ stateDir, id = "0", runningAsRoot = true }: BundleOptions): readonly string[] {
  const runc = ["runc", "--root", stateDir, "run", id];
  return runningAsRoot ? runc : ["sudo", "--", ...runc];
}
