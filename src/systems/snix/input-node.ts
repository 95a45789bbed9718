/** One input of a message: its node and its name. Fact sheet: upstream castore/src/proto/mod.rs and nodes. */
import { encodeBase64 } from "../../bytes/base64.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import type { Json } from "../../json/value.ts";
import { Rejection } from "../rejection.ts";
import { bytesOf } from "./bytes-of.ts";
import { isPathComponent } from "./path-component.ts";
import type { WireInput, WireNode } from "./request.ts";
import { debugBytes, debugText } from "../../rust/debug.ts";
import { findUtf8Error } from "../../rust/utf8.ts";

/** An input that passed: its name and what `validate` says of it. */
export interface CheckedInput {
  readonly name: Uint8Array;
  readonly described: Json;
}

const longestTarget = 4095;

/**
 * Checks the input at `position`: that there is a node, the node, and only then the name.
 * Throws {@link ../rejection.ts | Rejection} for the first fault.
 */
export function checkInput(input: WireInput, position: number): CheckedInput {
  const node: WireNode = typeof input === "string" ? { name: input } : input;
  const name = bytesOf(node.name, node.nameBase64);
  const fault = findNodeFault(node, name) ?? findNameFault(name);
  if (fault !== undefined) {
    throw new Rejection("invalid-input-node", `invalid input node at position ${position}: ${fault}`);
  }
  return { name, described: { ...nodeMembers(node), ...bytesMember("name", name) } };
}

function findNodeFault(node: WireNode, name: Uint8Array): string | undefined {
  if (node.type === "none") return "No entry set";
  const fault = node.type === "symlink" ? findTargetFault(targetOf(node)) : findDigestFault(node.digestLen);
  // The name as it is, only the fault is quoted.
  return fault === undefined ? undefined : `invalid node with name ${decodeUtf8(name)}: ${debugText(fault)}`;
}

function findDigestFault(length = 32): string | undefined {
  return length === 32 ? undefined : `invalid digest length: ${length}`;
}

function findTargetFault(target: Uint8Array): string | undefined {
  if (target.length > 0 && target.length <= longestTarget && !target.includes(0)) return undefined;
  // Upstream forgot the second single quote.
  return `Invalid symlink target: unable to convert '${debugBytes(target)}`;
}

function findNameFault(name: Uint8Array): string | undefined {
  return isPathComponent(name) ? undefined : `Invalid name: unable to convert '${debugBytes(name)}'`;
}

function targetOf({ target, targetBase64 }: WireNode): Uint8Array {
  return bytesOf(target, targetBase64);
}

function nodeMembers(node: WireNode): { readonly [key: string]: Json } {
  const { type = "file", size = 0, executable = false } = node;
  if (type === "symlink") return { type, ...bytesMember("target", targetOf(node)) };
  const exactSize = typeof size === "string" ? BigInt(size) : size;
  return type === "directory" ? { type, size: exactSize } : { type, size: exactSize, executable };
}

function bytesMember(key: string, bytes: Uint8Array): { readonly [key: string]: Json } {
  return findUtf8Error(bytes) === undefined ? { [key]: decodeUtf8(bytes) } : { [`${key}Base64`]: encodeBase64(bytes) };
}
