import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayHash, parseHash } from "../hash.ts";
import { encodeHeader } from "../header.ts";
import { encodeTarget, targetOfBits } from "../target.ts";
import type { HeaderWork } from "../work.ts";
import { groupSize, type KernelForm } from "./emitKernel.ts";
import { createKernel, type Kernel, nonceCount } from "./kernel.ts";
import { verifyKernel } from "./verifyKernel.ts";

const blocks = [
  {
    height: 0,
    previous: "0".repeat(64),
    merkleRoot: "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    time: 1231006505,
    bits: 0x1d00ffff,
    nonce: 2083236893,
    hash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
  },
  {
    height: 170,
    previous: "000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55",
    merkleRoot: "7dac2c5666815c17a3b36427de37bb9d2e2c5ccec3f8633eb91a4205cb4c10ff",
    time: 1231731025,
    bits: 0x1d00ffff,
    nonce: 1889418792,
    hash: "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee",
  },
  {
    height: 125_552,
    previous: "00000000000008a3a41b85b8b29ad444def299fee21793cd8b9e567eab02cd81",
    merkleRoot: "2b12fcf1b09288fcaff797d71e950e71ae42b91e8bdb2304758dfcffc2b620e3",
    time: 1305998791,
    bits: 0x1a44b9f2,
    nonce: 2504433986,
    hash: "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d",
  },
];

const forms: readonly KernelForm[] = ["scalar", "simd", "wide"];

describe.each(forms)("the %s kernel", (form) => {
  const kernel = createKernel(form);

  it.each(blocks)("finds block $height of the main chain", (block) => {
    kernel.prepare(workOfBlock(block));
    const hits = kernel.scan(block.nonce - 5000, 10_000);
    expect(hits.map(({ nonce, hash }) => [nonce, displayHash(hash)])).toEqual([[block.nonce, block.hash]]);
  });

  it("finds exactly what node:crypto finds, for random headers, targets and ranges", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 76, maxLength: 76 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 0, max: nonceCount - 40 }),
        fc.integer({ min: 0, max: 40 }),
        (start76, target, start, count) => {
          expectSameAsNode(kernel, workOf(start76, target), start, count);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([0x80, 0x10, 0x01])("misses no nonce of thousands when the target's top byte is %i", (top) => {
    const target = new Uint8Array(32).fill(0x55);
    target[31] = top;
    const found = expectSameAsNode(kernel, workOf(new Uint8Array(76).fill(7), target), 123_457, 6007);
    expect(found).toBeGreaterThan(10);
  });

  it("gives every nonce when every hash will do, and none when none will", () => {
    const header = new Uint8Array(76).fill(9);
    expect(expectSameAsNode(kernel, workOf(header, new Uint8Array(32).fill(0xff)), 1000, 101)).toBe(101);
    expect(expectSameAsNode(kernel, workOf(header, new Uint8Array(32)), 1000, 101)).toBe(0);
  });

  it("searches up to the last nonce and not around the end", () => {
    const easy = workOf(new Uint8Array(76).fill(11), new Uint8Array(32).fill(0xff));
    const count = 3 * groupSize(form) + 1;
    kernel.prepare(easy);
    const nonces = kernel.scan(nonceCount - count, count).map((hit) => hit.nonce);
    expect(nonces).toEqual(Array.from({ length: count }, (_, i) => nonceCount - count + i));
    expect(kernel.scan(nonceCount, 0)).toEqual([]);
  });

  it("keeps to its new work", () => {
    const [first, second] = blocks;
    if (!first || !second) throw new Error("two blocks are needed");
    kernel.prepare(workOfBlock(first));
    kernel.prepare(workOfBlock(second));
    expect(kernel.scan(first.nonce, 1)).toEqual([]);
    expect(kernel.scan(second.nonce, 1)).toHaveLength(1);
  });

  it("takes a header and a target that lie inside longer buffers", () => {
    const [block] = blocks;
    if (!block) throw new Error("a block is needed");
    const { id, header, target } = workOfBlock(block);
    const buffer = new Uint8Array(200);
    buffer.set(header, 3);
    buffer.set(target, 101);
    kernel.prepare({ id, header: buffer.subarray(3, 83), target: buffer.subarray(101, 133) });
    expect(kernel.scan(block.nonce, 1)).toHaveLength(1);
  });

  it.each([
    [-1, 5],
    [0.5, 5],
    [0, -1],
    [0, nonceCount + 1],
    [nonceCount - 1, 2],
    [Number.NaN, 1],
  ])("refuses %d + %d nonces", (start, count) => {
    kernel.prepare(workOf(new Uint8Array(76), new Uint8Array(32)));
    expect(() => kernel.scan(start, count)).toThrow(expect.objectContaining({ code: "kernel/bad-range" }));
  });

  it("verifies", () => {
    expect(() => verifyKernel(kernel)).not.toThrow();
  });
});

describe("a kernel", () => {
  it("refuses work of a wrong size, and to search before it has any", () => {
    const kernel = createKernel();
    expect(() => kernel.scan(0, 1)).toThrow(expect.objectContaining({ code: "kernel/not-prepared" }));
    const work = { id: "short", header: new Uint8Array(79), target: new Uint8Array(32) };
    expect(() => kernel.prepare(work)).toThrow(expect.objectContaining({ code: "kernel/bad-work" }));
  });

  it.each([
    ["misses a nonce", (hits: ReturnType<Kernel["scan"]>) => hits.slice(1)],
    ["gives one twice", (hits: ReturnType<Kernel["scan"]>) => [...hits, ...hits.slice(0, 1)]],
    [
      "gives a wrong hash",
      (hits: ReturnType<Kernel["scan"]>) => hits.map((hit) => ({ ...hit, hash: new Uint8Array(32) })),
    ],
  ])("that %s does not verify", (_, spoil) => {
    const sound = createKernel();
    const spoilt: Kernel = { ...sound, scan: (start, count) => spoil(sound.scan(start, count)) };
    expect(() => verifyKernel(spoilt)).toThrow(expect.objectContaining({ code: "kernel/wrong-hash" }));
  });
});

/** Compares with a search by node:crypto; gives the number of hits. */
function expectSameAsNode(kernel: Kernel, work: HeaderWork, start: number, count: number): number {
  kernel.prepare(work);
  const found = kernel.scan(start, count).map(({ nonce, hash }) => [nonce, displayHash(hash)]);
  const target = displayHash(work.target);
  const header = Buffer.from(work.header);
  const expected = Array.from({ length: count }, (_, i) => {
    header.writeUInt32LE(start + i, 76);
    return [start + i, displayHash(sha256(sha256(header)))] as const;
  }).filter(([, hash]) => hash <= target);
  expect(found).toEqual(expected);
  return found.length;
}

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

const workOf = (start76: Uint8Array, target: Uint8Array): HeaderWork => ({
  id: "test",
  header: Uint8Array.from([...start76, 0, 0, 0, 0]),
  target,
});

function workOfBlock(block: (typeof blocks)[number]): HeaderWork {
  const header = encodeHeader({
    version: 1,
    previousHash: parseHash(block.previous),
    merkleRoot: parseHash(block.merkleRoot),
    time: block.time,
    bits: block.bits,
    nonce: 0,
  });
  return { id: String(block.height), header, target: encodeTarget(targetOfBits(block.bits)) };
}
