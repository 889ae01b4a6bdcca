import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKernel, type Kernel, meetsTarget } from "../../bitcoin/index.ts";
import { fastestKernel } from "./fastestKernel.ts";

const header = Uint8Array.from({ length: 80 }, (_, i) => (i < 76 ? (i * 37) & 0xff : 0));
const count = 200_000;
/** One hash in 4096 meets it. */
const target = new Uint8Array(32).fill(0xff).fill(0x0f, 30, 31).fill(0, 31);
const expected = noncesByNode();

describe("the fastest kernel of this host", () => {
  const kernel = fastestKernel();

  it(`is right, long after it was compiled (here it is ${kernel.form})`, () => {
    expect(expected.length).toBeGreaterThan(20);
    for (let round = 0; round < 5; round++) expect(noncesBy(kernel)).toEqual(expected);
  });
});

it.each(["scalar", "simd", "wide"] as const)(
  "the %s kernel stays right when V8 compiles it anew while it runs",
  (form) => {
    const kernel = createKernel(form);
    for (let round = 0; round < 5; round++) expect(noncesBy(kernel)).toEqual(expected);
  },
);

function noncesBy(kernel: Kernel): number[] {
  kernel.prepare({ id: "test", header, target });
  return kernel.scan(0, count).map((hit) => hit.nonce);
}

function noncesByNode(): number[] {
  const bytes = Buffer.from(header);
  return Array.from({ length: count }, (_, nonce) => nonce).filter((nonce) => {
    bytes.writeUInt32LE(nonce, 76);
    return meetsTarget(hash("sha256", hash("sha256", bytes, "buffer"), "buffer"), target);
  });
}
