/** Our decompression against zlib, and against flate2's words for what is wrong. */
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { InflateError } from "../../src/bytes/bit-reader.ts";
import { crc32 } from "../../src/bytes/crc32.ts";
import { GzipError, gunzip, type NextPiece } from "../../src/bytes/gunzip.ts";
import { inflate } from "../../src/bytes/inflate.ts";
import { assert, test } from "../suite.ts";

/** `bytes` in pieces of at most `size`. */
function pieces(bytes: Uint8Array, size: number): NextPiece {
  let at = 0;
  return () => {
    const piece = bytes.subarray(at, at + size);
    at += size;
    return piece;
  };
}

function whole(next: NextPiece): Buffer {
  const parts: Buffer[] = [];
  for (let piece = next(); piece.length > 0; piece = next()) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

/** Bytes that look random, with so many different values, and are the same every time. */
function sampleBytes(size: number, values: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 12345 + size;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    bytes[at] = Math.floor((state / 0x80000000) * values);
  }
  return bytes;
}

test("what zlib compresses comes back, whatever the level, the strategy and the size of the pieces", () => {
  for (const size of [0, 1, 258, 65_536, 100_003]) {
    for (const values of [1, 4, 256]) {
      const data = sampleBytes(size, values);
      for (const level of [0, 6]) {
        for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY]) {
          const packed = gzipSync(data, { level, strategy });
          assert.ok(
            whole(gunzip(pieces(packed, 1 + (size % 977)))).equals(data),
            `${size} ${values} ${level} ${strategy}`,
          );
        }
      }
    }
  }
});

test("no more than a piece and the window is held at a time", () => {
  const packed = gzipSync(Buffer.alloc(5_000_000));
  const next = gunzip(pieces(packed, 1000));
  let size = 0;
  for (let piece = next(); piece.length > 0; piece = next()) {
    assert.ok(piece.buffer.byteLength <= 98_304, String(piece.buffer.byteLength));
    size += piece.length;
  }
  assert.is(size, 5_000_000);
});

test("only the first member is read, and names and comments in its header are passed over", () => {
  const first = gzipSync(Buffer.from("first"));
  const named = Buffer.concat([first.subarray(0, 10), Buffer.from("a name\0a comment\0"), first.subarray(10)]);
  named[3] = 8 + 16;
  assert.is(whole(gunzip(pieces(Buffer.concat([named, gzipSync(Buffer.from("second"))]), 3))).toString(), "first");
  const extra = Buffer.concat([first.subarray(0, 10), Buffer.from([2, 0, 1, 1]), first.subarray(10)]);
  extra[3] = 4;
  assert.is(whole(gunzip(pieces(extra, 3))).toString(), "first");
});

/** What is said of `bytes`. */
function fault(bytes: Uint8Array): string {
  try {
    whole(gunzip(pieces(bytes, 7)));
  } catch (error) {
    assert.ok(error instanceof GzipError);
    return error.message;
  }
  return "none";
}

test("what is wrong is told in the library's words", () => {
  const good = gzipSync(sampleBytes(5000, 200));
  const changed = (at: number): Uint8Array => {
    const copy = Buffer.from(good);
    copy[at < 0 ? good.length + at : at] = (copy.at(at) ?? 0) ^ 0xff;
    return copy;
  };
  assert.is(fault(Buffer.from("plainly not gzip data")), "invalid gzip header");
  assert.is(fault(new Uint8Array(0)), "failed to fill whole buffer");
  assert.is(fault(good.subarray(0, 9)), "failed to fill whole buffer");
  assert.is(fault(changed(2)), "invalid gzip header");
  assert.is(fault(good.subarray(0, 2000)), "corrupt deflate stream");
  assert.is(fault(good.subarray(0, good.length - 8)), "unexpected end of file");
  assert.is(fault(good.subarray(0, good.length - 1)), "unexpected end of file");
  assert.is(fault(changed(-6)), "corrupt gzip stream does not have a matching checksum");
  assert.is(fault(changed(-1)), "corrupt gzip stream does not have a matching checksum");
  // A block of the kind that does not exist.
  assert.is(fault(Buffer.concat([good.subarray(0, 10), Buffer.from([0x07, 0, 0, 0])])), "corrupt deflate stream");
});

/** What `packed` gives before its fault. */
function before(packed: Uint8Array): Buffer {
  const parts: Buffer[] = [];
  let place = 0;
  let fault: unknown;
  try {
    for (const piece of inflate(() => packed[place++])) parts.push(Buffer.from(piece));
  } catch (error) {
    fault = error;
  }
  assert.ok(fault instanceof InflateError);
  return Buffer.concat(parts);
}

test("data that break off are given to their last byte, data with a fault up to the last whole window", () => {
  const data = sampleBytes(300_000, 256);
  const stored = deflateRawSync(data.subarray(0, 20_000), { level: 0 });
  assert.ok(before(stored.subarray(0, 5 + 1234)).equals(data.subarray(0, 1234)));
  for (const size of [10, 40_000, 65_536, 98_200, 300_000]) {
    const packed = deflateRawSync(data.subarray(0, size), { finishFlush: constants.Z_FULL_FLUSH });
    assert.ok(before(packed).equals(data.subarray(0, size)), String(size));
    // A block of the kind that does not exist.
    const corrupt = Buffer.concat([packed, Buffer.from([7, 0])]);
    assert.ok(before(corrupt).equals(data.subarray(0, size - (size % 32_768))), String(size));
  }
});

test("a copy from before the start gives zeros, as in miniz_oxide", () => {
  // A block with the fixed codes: a copy of 258 bytes from one byte back, and the end.
  const copy = [0x1b, 0x05, 0x00];
  const given: Buffer[] = [];
  let place = 0;
  for (const piece of inflate(() => copy[place++])) given.push(Buffer.from(piece));
  assert.ok(Buffer.concat(given).equals(Buffer.alloc(258)));
});

test("whatever is done to compressed data, decompression ends, and never gives too much", () => {
  const good = deflateRawSync(sampleBytes(2000, 60));
  for (let at = 0; at < good.length; at++) {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    let place = 0;
    let size = 0;
    try {
      for (const piece of inflate(() => bytes[place++])) size += piece.length;
    } catch (error) {
      assert.ok(error instanceof InflateError);
    }
    assert.ok(size < 2_000_000);
  }
});

test("the checksum is that of RFC 1952", () => {
  assert.is(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  const [first, second] = ["1234", "56789"].map((text) => new TextEncoder().encode(text));
  assert.is(crc32(second ?? first ?? new Uint8Array(0), crc32(first ?? new Uint8Array(0))), 0xcbf43926);
});
