import { createHash } from "node:crypto";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createSha256d } from "./createSha256d.ts";
import { sha256d } from "./sha256d.ts";

const once = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const reference = (bytes: Uint8Array) => bytesToHex(once(once(bytes)));
const swift = createSha256d();

describe.each([
  ["the swift", swift],
  ["the portable", sha256d],
])("%s SHA-256d", (_, hash) => {
  it("knows the usual vectors", () => {
    expect(bytesToHex(hash(utf8ToBytes("hello")))).toBe(
      "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50",
    );
    expect(bytesToHex(hash(new Uint8Array()))).toBe(
      "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456",
    );
  });

  it("agrees with OpenSSL at every length of up to five blocks", () => {
    for (let length = 0; length <= 320; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
      expect(bytesToHex(hash(bytes)), `${length} bytes`).toBe(reference(bytes));
    }
  });

  it("agrees with OpenSSL on anything, whatever came before", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(bytesToHex(hash(bytes))).toBe(reference(bytes));
      }),
    );
  });

  it.each([32_768, 32_769, 70_000])("takes a message of %i bytes", (length) => {
    const bytes = new Uint8Array(length).fill(0xa5);
    expect(bytesToHex(hash(bytes))).toBe(reference(bytes));
  });

  it("gives each hash in bytes of its own, and leaves its input alone", () => {
    const input = Uint8Array.of(1, 2, 3);
    const first = hash(input);
    const kept = bytesToHex(first);
    hash(Uint8Array.of(4));
    expect(bytesToHex(first)).toBe(kept);
    expect(input).toEqual(Uint8Array.of(1, 2, 3));
    expect(first.buffer.byteLength).toBe(32);
  });
});

describe("where WebAssembly is missing", () => {
  afterEach(() => vi.unstubAllGlobals());
  it("the portable one is given", () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(createSha256d()).toBe(sha256d);
    expect(bytesToHex(createSha256d()(utf8ToBytes("hello")))).toBe(reference(utf8ToBytes("hello")));
    expect(createSha256d()).toBe(createSha256d());
  });
});
