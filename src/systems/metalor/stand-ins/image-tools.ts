/** Stand-ins for skopeo and umoci, which fetch and unpack nothing. */
import { encodeUtf8 } from "../../../bytes/utf8.ts";
import { type Files, HostError, type ToolResult, type Tools } from "../../host.ts";
import { makeDirectories } from "../make-directories.ts";

/** What the stand-ins do instead of making a layout or a bundle with a root file system. */
export interface StandInTools {
  readonly skopeoFails?: boolean;
  readonly umociFails?: boolean;
  readonly umociMakesNoRootfs?: boolean;
  /** There are none. */
  readonly noTools?: boolean;
}

/** The stand-ins, which work on `files`. */
export function imageTools(files: Files, stub: StandInTools): Tools {
  const byName: { readonly [name: string]: (argv: readonly string[]) => ToolResult } = {
    skopeo: (argv) => (stub.skopeoFails === true ? ended(1, "out text\n", "err text\n") : makeLayout(files, argv)),
    umoci: (argv) => (stub.umociFails === true ? ended(2, "", "umoci broke\n") : makeBundle(files, argv, stub)),
  };
  return {
    run: (argv) => {
      const [name = ""] = argv;
      const tool = stub.noTools !== true && Object.hasOwn(byName, name) ? byName[name] : undefined;
      if (tool === undefined) throw new HostError("ENOENT", name);
      return tool(argv);
    },
  };
}

function makeLayout(files: Files, argv: readonly string[]): ToolResult {
  const layout = /^oci:(.*):image$/s.exec(argv.at(-1) ?? "")?.[1] ?? "";
  makeDirectories(files, layout);
  files.writeFile(`${layout}/index.json`, encodeUtf8("{}"));
  return ended(0, "", "");
}

function makeBundle(files: Files, argv: readonly string[], stub: StandInTools): ToolResult {
  const bundle = argv.at(-1) ?? "";
  makeDirectories(files, stub.umociMakesNoRootfs === true ? bundle : `${bundle}/rootfs`);
  return ended(0, "", "");
}

function ended(status: number, stdout: string, stderr: string): ToolResult {
  return { status, stdout: encodeUtf8(stdout), stderr: encodeUtf8(stderr) };
}
