/** Archives that no usual program makes, against what Rust's tar 0.4.38 does with them. */
import { decodeUtf8, encodeUtf8 } from "../../../src/bytes/utf8.ts";
import { CupelError } from "../../../src/errors.ts";
import { type MemoryHost, memoryHost } from "../../../src/suite/memory-host.ts";
import { unpackArchive } from "../../../src/systems/metalor/unpack-archive.ts";
import { Rejection } from "../../../src/systems/rejection.ts";
import { assert, test } from "../../suite.ts";

interface Fields {
  readonly name?: string | Uint8Array;
  readonly type?: string;
  readonly data?: string | Uint8Array;
  /** What the header says, when it is not the truth. */
  readonly size?: number | string;
  readonly mode?: string;
  readonly link?: string;
  readonly magic?: string;
  readonly prefix?: string;
  readonly sum?: string;
  /** Bytes put into the header at a place. */
  readonly raw?: readonly (readonly [number, string])[];
}

/** One entry: header and data, filled up to blocks. */
function entry({ name = "a", type = "0", data = "", ...fields }: Fields): Uint8Array {
  const bytes = typeof data === "string" ? encodeUtf8(data) : data;
  const header = new Uint8Array(512);
  const put = (at: number, text: string | Uint8Array): void => {
    header.set(typeof text === "string" ? encodeUtf8(text) : text, at);
  };
  put(0, name);
  put(100, fields.mode ?? "0000644\0");
  const { size = bytes.length } = fields;
  put(124, typeof size === "string" ? size : `${size.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(156, type);
  put(157, fields.link ?? "");
  put(257, fields.magic ?? "ustar\u000000");
  put(345, fields.prefix ?? "");
  for (const [at, text] of fields.raw ?? []) put(at, text);
  let sum = 8 * 32;
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte;
  put(148, fields.sum ?? `${sum.toString(8).padStart(6, "0")}\0 `);
  const padded = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  padded.set(bytes);
  return join(header, padded);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const end = new Uint8Array(1024);

/** Unpacks into /w and gives the host and, where the archive is refused, the words. */
function unpack(bytes: Uint8Array, careful = false): { readonly host: MemoryHost; readonly said: string | undefined } {
  const host = memoryHost({ careful, tree: [{ path: "/w", type: "dir" }] });
  host.files.writeFile("/x.tar", bytes);
  try {
    unpackArchive(host, "/x.tar", "/w");
    return { host, said: undefined };
  } catch (error) {
    if (error instanceof Rejection || error instanceof CupelError) return { host, said: error.message };
    throw error;
  }
}

function textAt({ files }: MemoryHost, path: string): string {
  return decodeUtf8(files.readFile(path));
}

const reading = "failed to read tar entry from /x.tar: ";

test("names come from GNU and pax headers before the entry, else from prefix and name", () => {
  const long = "n".repeat(150);
  const gnu = join(
    entry({ name: "././@LongLink", type: "L", data: `${long}\0`, magic: "ustar  \0" }),
    entry({ data: "1" }),
  );
  assert.is(textAt(unpack(join(gnu, end)).host, `/w/${long}`), "1");
  const record = "14 path=p/qqq\n";
  assert.is(textAt(unpack(join(entry({ type: "x", data: record }), entry({ data: "1" }), end)).host, "/w/p/qqq"), "1");
  // A record whose length is not what it says is passed over.
  const wrong = "99 path=p/qqq\n";
  assert.is(textAt(unpack(join(entry({ type: "x", data: wrong }), entry({ data: "1" }), end)).host, "/w/a"), "1");
  assert.is(textAt(unpack(join(entry({ prefix: "d", data: "1" }), end)).host, "/w/d/a"), "1");
});

test("a link takes its target from a GNU or pax header too", () => {
  const gnu = join(entry({ type: "K", data: "far/away\0", magic: "ustar  \0" }), entry({ type: "2", link: "short" }));
  assert.is(unpack(join(gnu, end)).host.files.readLink("/w/a"), "far/away");
  const pax = join(entry({ type: "x", data: "16 linkpath=far\n" }), entry({ type: "2", link: "short" }));
  assert.is(unpack(join(pax, end)).host.files.readLink("/w/a"), "far");
});

test("sizes are octal, binary, or from a pax header where the own one is 0", () => {
  const binary = String.fromCharCode(0).repeat(11);
  const raw = new Uint8Array(12);
  raw[0] = 0x80;
  raw[11] = 3;
  const header = entry({ data: "abc", size: binary });
  header.set(raw, 124);
  let sum = 8 * 32;
  for (const [at, byte] of header.subarray(0, 512).entries()) if (at < 148 || at >= 156) sum += byte;
  header.set(encodeUtf8(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  assert.is(textAt(unpack(join(header, end)).host, "/w/a"), "abc");
  const pax = join(entry({ type: "x", data: "10 size=3\n" }), entry({ data: "abc", size: 0 }));
  assert.is(textAt(unpack(join(pax, end)).host, "/w/a"), "abc");
});

test("a header that is damaged stops the unpacking, and what came before stays", () => {
  const good = entry({ name: "first", data: "1" });
  const refused = (...parts: readonly Uint8Array[]): string | undefined => {
    const { host, said } = unpack(join(good, ...parts));
    assert.is(textAt(host, "/w/first"), "1");
    return said;
  };
  assert.is(refused(entry({ sum: "000001\0 " })), `${reading}archive header checksum mismatch`);
  assert.is(
    refused(entry({ sum: "zzzzzz\0 " })),
    `${reading}numeric field was not a number: zzzzzz when getting cksum for a`,
  );
  assert.is(refused(entry({ size: "12x\0" })), `${reading}numeric field was not a number: 12x when getting size for a`);
  assert.is(refused(entry({}).subarray(0, 300)), `${reading}failed to read entire block`);
  assert.is(
    refused(entry({ type: "x", data: "10 size=3\n" })),
    `${reading}members found describing a future member but no future member found`,
  );
  const twice = entry({ type: "x", data: "10 size=3\n" });
  assert.is(refused(twice, twice, end), `${reading}two pax extensions entries describing the same member`);
  assert.is(refused(entry({ type: "5", size: 4096 })), `${reading}unexpected EOF during skip`);
});

test("an archive that ends inside of a file leaves what was there of it", () => {
  const { host, said } = unpack(entry({ data: "x".repeat(600), size: 5000 }).subarray(0, 512 + 600));
  assert.is(said, "failed to unpack /x.tar into /w/a: failed to unpack `a` into `/w/a`: failed to write entire file");
  assert.is(host.files.lstat("/w/a").size, 600);
});

test("the end is one block of zeros, or nothing at all", () => {
  assert.is(
    unpack(join(entry({ name: "a" }), new Uint8Array(512), entry({ name: "b" }))).host.files.find("/w/b"),
    undefined,
  );
  assert.is(unpack(entry({ name: "a", data: "1" })).said, undefined);
});

test("a slash behind a name makes a directory in old and GNU archives only", () => {
  assert.is(unpack(join(entry({ name: "d/", magic: "" }), end)).host.files.lstat("/w/d").type, "dir");
  assert.is(unpack(join(entry({ name: "d/", magic: "ustar  \0" }), end)).host.files.lstat("/w/d").type, "dir");
  assert.is(
    unpack(join(entry({ name: "d/" }), end)).said,
    "failed to unpack /x.tar into /w/d/: failed to unpack `d/` into `/w/d/`: Is a directory (os error 21)",
  );
});

test("entries that describe all others make nothing, and unknown kinds make files", () => {
  assert.is(unpack(join(entry({ name: "g", type: "g", data: "9 a=bcde\n" }), end)).host.files.find("/w/g"), undefined);
  assert.is(unpack(join(entry({ name: "odd", type: "Z", data: "1" }), end)).host.files.lstat("/w/odd").type, "file");
});

test("a mode that is no number is not set", () => {
  assert.is(unpack(join(entry({ mode: "zzzzzzz\0" }), end)).host.files.lstat("/w/a").mode, 0o644);
});

test("links without a target are refused", () => {
  const none = unpack(join(entry({ type: "2" }), end)).said ?? "";
  assert.ok(none.startsWith("failed to unpack /x.tar into /w/a: hard link listed for a\0"));
  assert.ok(none.endsWith(" but no link name found"));
});

test("a file with holes is as large as it says, with zeros where nothing stands", () => {
  const place = (at: number, offset: number, size: number): [number, string] => {
    return [at, `${offset.toString(8).padStart(11, "0")}\0${size.toString(8).padStart(11, "0")}\0`];
  };
  const sparse = (realSize: number): Uint8Array =>
    entry({
      type: "S",
      magic: "ustar  \0",
      data: "abc",
      raw: [place(386, 1000, 3), [483, `${realSize.toString(8).padStart(11, "0")}\0`]],
    });
  const { host, said } = unpack(join(sparse(1003), end));
  assert.is(said, undefined);
  assert.is(textAt(host, "/w/a"), `${"\0".repeat(1000)}abc`);
  assert.is(unpack(join(sparse(5), end)).said, `${reading}mismatch in sparse file chunks and size in header`);
});

test("a name that is not UTF-8 is refused rather than changed", () => {
  const { said } = unpack(join(entry({ name: Uint8Array.of(0x66, 0xff) }), end));
  assert.is(said, "workspace archive /x.tar holds a name that is not UTF-8 text: f\ufffd");
});

test("links out of the workspace are noticed however they are nested, and inner ones are fine", () => {
  const link = (name: string, target: string): Uint8Array => entry({ name, type: "2", link: target });
  const refusing = [
    [link("a", "/"), entry({ name: "a/etc/x" })],
    [link("a", ".."), entry({ name: "a/x" })],
    [entry({ name: "d/", type: "5" }), link("d/a", "../.."), entry({ name: "d/a/b/c" })],
    [link("a", "b"), link("b", "/"), entry({ name: "a/x" })],
    [link("a", "/"), entry({ name: "a/", type: "5" })],
    // First inside, then turned round.
    [entry({ name: "d/", type: "5" }), link("a", "d"), entry({ name: "a/x" }), link("a", ".."), entry({ name: "a/x" })],
  ];
  for (const [index, parts] of refusing.entries()) {
    const { said = "nothing" } = unpack(join(...parts, end), true);
    assert.match(said, /through its own link/, String(index));
  }
  const inner = [
    entry({ name: "d/", type: "5" }),
    link("a", "d"),
    entry({ name: "a/x", data: "1" }),
    link("a/up", ".."),
  ];
  const { host, said } = unpack(join(...inner, entry({ name: "a/up/y", data: "2" }), end), true);
  assert.is(said, undefined);
  assert.is(textAt(host, "/w/d/x"), "1");
  assert.is(textAt(host, "/w/y"), "2");
});
