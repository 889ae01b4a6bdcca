import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExtranonceSpace } from "./extranonceSpace.ts";

const name = (extranonce1: Uint8Array | undefined) => extranonce1 && bytesToHex(extranonce1);

describe("extranonces", () => {
  it("are given out in turn, from the start that was asked for, and round", () => {
    const space = createExtranonceSpace(2, 0xfffe);
    const given = Array.from({ length: 3 }, () => name(space.claim(undefined)));
    expect(given).toEqual(["fffe", "ffff", "0000"]);
  });

  it("are given as wanted while free", () => {
    const space = createExtranonceSpace(2, 0);
    expect(name(space.claim(hexToBytes("0001")))).toBe("0001");
    expect(name(space.claim(hexToBytes("0001")))).toBe("0000");
    expect(name(space.claim(undefined))).toBe("0002");
    expect(name(space.claim(hexToBytes("000001")))).toBe("0003");
  });

  it("run out, and can be had again once released", () => {
    const space = createExtranonceSpace(1, 7);
    const given = Array.from({ length: 256 }, () => space.claim(undefined));
    expect(new Set(given.map(name)).size).toBe(256);
    expect(space.claim(undefined)).toBeUndefined();
    space.release(Uint8Array.of(9));
    expect(name(space.claim(undefined))).toBe("09");
  });

  it("are never held twice", () => {
    const act = fc.oneof(
      fc.constant(undefined),
      fc.record({ want: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ release: fc.nat({ max: 40 }) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 100 }), (acts) => {
        const space = createExtranonceSpace(1, 0);
        const held: Uint8Array[] = [];
        for (const act of acts) {
          if (act && "release" in act) {
            for (const freed of held.splice(act.release, 1)) space.release(freed);
            continue;
          }
          const given = space.claim(act && Uint8Array.of(act.want));
          if (given) held.push(given);
          expect(new Set(held.map(name)).size).toBe(held.length);
        }
      }),
    );
  });

  it.each([0, 7, 1.5])("have 1 to 6 bytes, not %d", (bytes) => {
    expect(() => createExtranonceSpace(bytes, 0)).toThrow("1 to 6 bytes");
  });
});
