/** A root from an image, with the real skopeo and umoci, on an image layout that is made here. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { findTool } from "../../runner/execute/jail/tools.ts";
import { runOperation } from "../../runner/host/run-operation.ts";
import type { Json } from "../../src/json/value.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import { assert, test } from "../suite.ts";

const absent = ["skopeo", "umoci"].find((tool) => findTool(tool) === undefined);
const lacking = absent === undefined ? undefined : `${absent} is not installed`;

/** One file of an archive, as ustar(5) has it. */
function tarEntry(name: string, text: string): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(["0000755", "0000000", "0000000", ""].join("\0"), 100);
  header.write(`${text.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.fill(" ", 148, 156);
  header.write("0", 156);
  header.write("ustar\u000000", 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  const data = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  data.write(text);
  return Buffer.concat([header, data]);
}

/** An image layout with one layer and one tag (OCI image spec: image-layout.md). */
function makeLayout(directory: string, files: { readonly [name: string]: string }): void {
  const sha256 = (bytes: Uint8Array): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  mkdirSync(join(directory, "blobs/sha256"), { recursive: true });
  const add = (mediaType: string, bytes: Uint8Array): { mediaType: string; digest: string; size: number } => {
    const digest = sha256(bytes);
    writeFileSync(join(directory, "blobs", digest.replace(":", "/")), bytes);
    return { mediaType: `application/vnd.oci.image.${mediaType}`, digest, size: bytes.length };
  };
  const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
  const tar = Buffer.concat([...Object.entries(files).map(([name, text]) => tarEntry(name, text)), Buffer.alloc(1024)]);
  const layer = add("layer.v1.tar+gzip", gzipSync(tar));
  const config = add(
    "config.v1+json",
    json({ architecture: "amd64", os: "linux", config: {}, rootfs: { type: "layers", diff_ids: [sha256(tar)] } }),
  );
  const manifest = add("manifest.v1+json", json({ schemaVersion: 2, config, layers: [layer] }));
  const annotations = { "org.opencontainers.image.ref.name": "one" };
  writeFileSync(join(directory, "index.json"), json({ schemaVersion: 2, manifests: [{ ...manifest, annotations }] }));
  writeFileSync(join(directory, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
}

function withImage(
  work: (directory: string, prepare: (wanted: { readonly [key: string]: Json }) => Prepared) => void,
): void {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "cupel-request-")));
  try {
    makeLayout(join(directory, "image"), { "bin/hello": "#!/bin/sh\necho hello\n", "etc/os-release": "NAME=made\n" });
    mkdirSync(join(directory, "p"));
    const plain = {
      reference: `oci:${directory}/image:one`,
      runtimeRootPrefix: join(directory, "p"),
      runtimePackageRoot: join(directory, "p/pkg"),
      cacheRoot: null,
      requestedArch: null,
    };
    work(
      directory,
      (wanted) => runOperation("metalor", "prepareOciRootfs", { ...plain, ...wanted }, {}, true) as never,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Prepared {
  readonly path: string;
  readonly commands: readonly (readonly string[])[];
}

test.executes(lacking, "an image becomes a root below the package root", () => {
  withImage((directory, prepare) => {
    const { path, commands } = prepare({});
    assert.is(path, join(directory, "p/pkg/oci/bundle/rootfs"));
    assert.is(readFileSync(join(path, "bin/hello"), "utf8"), "#!/bin/sh\necho hello\n");
    assert.is(readFileSync(join(path, "etc/os-release"), "utf8"), "NAME=made\n");
    assert.equal(
      commands.map(([tool]) => tool),
      ["skopeo", "umoci"],
    );
    writeFileSync(join(path, "bin/hello"), "changed");
    prepare({});
    assert.is(readFileSync(join(path, "bin/hello"), "utf8"), "#!/bin/sh\necho hello\n");
  });
});

test.executes(
  lacking,
  "an image in the cache is not fetched again, nor one whose fetching was interrupted taken for whole",
  () => {
    withImage((directory, prepare) => {
      const cached = { cacheRoot: join(directory, "cache"), requestedArch: "x86_64" };
      assert.is(prepare(cached).commands.length, 2);
      assert.equal(
        prepare(cached).commands.map(([tool]) => tool),
        ["umoci"],
      );
      const [key = ""] = readdirSync(join(directory, "cache"));
      rmSync(join(directory, "cache", key, "reference.txt"));
      assert.is(prepare(cached).commands.length, 2);
    });
  },
);

test.executes(lacking, "what skopeo says of an image that is not there is told", () => {
  withImage((directory, prepare) => {
    const reference = `oci:${directory}/image:two`;
    try {
      prepare({ reference });
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof Rejection, String(error));
      assert.ok(error.message.startsWith(`copy OCI image ${reference} into ${directory}/p/pkg/oci/layout failed: `));
    }
    assert.is(existsSync(join(directory, "p/pkg/oci/bundle")), false);
  });
});
