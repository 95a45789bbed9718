/** The first id that a file such as /etc/subuid grants a user. Fact sheet: upstream build/src/oci/subuid.rs. */
import * as v from "valibot";
import { decodeBase64 } from "../../bytes/base64.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import { Rejection } from "../rejection.ts";
import type { Same } from "../same-type.ts";
import { base64, notBoth, text, u32 } from "./fields.ts";
import { type HostFile, hostFile } from "./host-ids.ts";
import { parseU32 } from "../../rust/parse-u32.ts";
import { trimWhiteSpace } from "../../rust/trim.ts";
import { findUtf8Error } from "../../rust/utf8.ts";

/** Whose id to look for, and where. */
export interface SubordinateIdQuery {
  /** What the error texts call the file. */
  readonly file: string;
  readonly contents: HostFile;
  readonly id: number;
  readonly user: string;
}

/** The request of `subordinateId`. Without `contents` and `contentsBase64` there is no file. */
interface SubordinateIdRequest {
  readonly file: string;
  readonly contents?: HostFile;
  readonly contentsBase64?: string;
  readonly id: number;
  readonly user: string;
}

const schema = v.pipe(
  closed({
    file: text,
    contents: v.exactOptional(hostFile),
    contentsBase64: v.exactOptional(base64),
    id: u32,
    user: text,
  }),
  notBoth("contents", "contentsBase64"),
);

true satisfies Same<SubordinateIdRequest, v.InferOutput<typeof schema>>;

/** What a request of `subordinateId` looks for. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readSubordinateIdQuery(request: Json): SubordinateIdQuery {
  const { file, contents = null, contentsBase64, id, user } = fit(schema, request, "/request");
  return { file, contents: contentsBase64 === undefined ? contents : { contentsBase64 }, id, user };
}

/**
 * The start of the first range that is not empty, in a line of three fields whose first is the user's name or id. Lines behind it
 * are not read. Throws {@link ../rejection.ts | Rejection} for a file that cannot be read, for a line of the user with a bad
 * number and where there is no entry.
 */
export function findSubordinateId({ file, contents, id, user }: SubordinateIdQuery): number {
  for (const raw of linesOf(file, contents)) {
    const line = trimWhiteSpace(raw);
    const fields = line.split(":");
    if (fields.length !== 3) continue;
    const [owner, start = "", size = ""] = fields;
    if (owner !== user && owner !== String(id)) continue;
    const first = readNumber(start, file, line);
    if (readNumber(size, file, line) > 0) return first;
  }
  throw new Rejection("subordinate-id-missing", `Missing entry in ${file}, for ${user}(${id})`);
}

function readNumber(field: string, file: string, line: string): number {
  const number = parseU32(field);
  if (typeof number === "number") return number;
  throw new Rejection("subordinate-id-malformed", `failed to parse ${file} line '${line}', error ${number}`);
}

/** The lines. What ends a line is white space, trimmed later, so only LF has to be found. */
function linesOf(file: string, contents: HostFile): Iterable<string> {
  if (contents === null) throw unreadable(file, ioErrors.absent);
  if (typeof contents === "string") return contents.split("\n");
  if ("directory" in contents) throw unreadable(file, ioErrors.directory);
  return decodeLines(file, decodeBase64(contents.contentsBase64));
}

/** One line after the other: a line that is not UTF-8 does no harm behind the one that is looked for. */
function* decodeLines(file: string, bytes: Uint8Array): Iterable<string> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    if (findUtf8Error(line) !== undefined) throw unreadable(file, ioErrors.notUtf8);
    yield decodeUtf8(line);
    start = end + 1;
  }
}

/** Debug forms of Rust's io::Error. */
const ioErrors = {
  absent: 'Os { code: 2, kind: NotFound, message: "No such file or directory" }',
  directory: 'Os { code: 21, kind: IsADirectory, message: "Is a directory" }',
  notUtf8: 'Error { kind: InvalidData, message: "stream did not contain valid UTF-8" }',
};

function unreadable(file: string, error: string): Rejection {
  return new Rejection("subordinate-id-unreadable", `io error ${error}, file ${file}`);
}
