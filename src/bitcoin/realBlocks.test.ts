import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "../domain/index.ts";
import { displayHash, parseHash } from "./hash.ts";
import { decodeHeader, encodeHeader, headerHash } from "./header.ts";
import { foldMerkleBranch, merkleBranch, merkleRoot } from "./merkle.ts";
import { encodeTarget, meetsTarget, targetOfBits } from "./target.ts";

const blocks = [
  {
    height: 0,
    previous: "0".repeat(64),
    merkleRoot: "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    time: 1231006505,
    bits: 0x1d00ffff,
    nonce: 2083236893,
    hash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    transactions: ["4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"],
  },
  {
    height: 1,
    previous: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    merkleRoot: "0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098",
    time: 1231469665,
    bits: 0x1d00ffff,
    nonce: 2573394689,
    hash: "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048",
    transactions: ["0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098"],
  },
  {
    height: 170,
    previous: "000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55",
    merkleRoot: "7dac2c5666815c17a3b36427de37bb9d2e2c5ccec3f8633eb91a4205cb4c10ff",
    time: 1231731025,
    bits: 0x1d00ffff,
    nonce: 1889418792,
    hash: "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee",
    transactions: [
      "b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082",
      "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16",
    ],
  },
  {
    height: 125_552,
    previous: "00000000000008a3a41b85b8b29ad444def299fee21793cd8b9e567eab02cd81",
    merkleRoot: "2b12fcf1b09288fcaff797d71e950e71ae42b91e8bdb2304758dfcffc2b620e3",
    time: 1305998791,
    bits: 0x1a44b9f2,
    nonce: 2504433986,
    hash: "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d",
    transactions: [
      "51d37bdd871c9e1f4d5541be67a6ab625e32028744d7d4609d0c37747b40cd2d",
      "60c25dda8d41f8d3d7d5c6249e2ea1b05a25bf7ae2ad6d904b512b31f997e1a1",
      "01f314cdd8566d3e5dbdd97de2d9fbfbfd6873e916a00d48758282cbb81a45b9",
      "b519286a1040da6ad83c783eb2872659eaf57b1bec088e614776ffe7dc8f6d01",
    ],
  },
];

describe.each(blocks)("block $height of the main chain", (block) => {
  const header = {
    version: 1,
    previousHash: parseHash(block.previous),
    merkleRoot: parseHash(block.merkleRoot),
    time: block.time,
    bits: block.bits,
    nonce: block.nonce,
  };
  const hashes = block.transactions.map(parseHash);

  it("has the hash that the world knows", () => {
    expect(displayHash(headerHash(header))).toBe(block.hash);
  });
  it("meets its target, and would not with another nonce", () => {
    const target = encodeTarget(targetOfBits(block.bits));
    expect(meetsTarget(headerHash(header), target)).toBe(true);
    expect(meetsTarget(headerHash({ ...header, nonce: block.nonce + 1 }), target)).toBe(false);
  });
  it("has the merkle root of its transactions", () => {
    expect(displayHash(merkleRoot(hashes))).toBe(block.merkleRoot);
  });
  it("has a branch that leads from its coinbase to its root", () => {
    const [coinbase = new Uint8Array(), ...others] = hashes;
    expect(displayHash(foldMerkleBranch(coinbase, merkleBranch(others)))).toBe(block.merkleRoot);
  });
  it("is read back as it was written", () => {
    expect(decodeHeader(encodeHeader(header))).toEqual(header);
  });
});

it("writes the first header byte for byte", () => {
  const genesis = hexToBytes(
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c",
  );
  expect(bytesToHex(encodeHeader(decodeHeader(genesis)))).toBe(bytesToHex(genesis));
  expect(decodeHeader(genesis)).toMatchObject({ version: 1, time: 1231006505, nonce: 2083236893 });
});

it.each([0, 79, 81])("refuses a header of %i bytes", (length) => {
  expect(() => decodeHeader(new Uint8Array(length))).toThrow(HearthworkError);
});

it("refuses a root over nothing", () => {
  expect(() => merkleRoot([])).toThrow("at least one transaction");
});

it.each(["", "00", "g".repeat(64), "0".repeat(65)])("refuses %j as a hash", (text) => {
  expect(() => parseHash(text)).toThrow(HearthworkError);
});
