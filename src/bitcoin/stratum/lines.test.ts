import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noRest, takeLines } from "./lines.ts";

const take = (text: string, most = 100) => takeLines(noRest, utf8ToBytes(text), most);

describe("lines", () => {
  it("are cut at newlines, with or without carriage returns; blank ones are left out", () => {
    expect(take("a\nb\r\n\n  \nc d\nrest")).toEqual({
      lines: ["a", "b", "c d"],
      rest: utf8ToBytes("rest"),
      tooLong: false,
    });
  });

  it("come out the same however they arrive", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "\n", "\r", " ", "€"), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 8 }), (text, cuts) => {
        const bytes = utf8ToBytes(text);
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length].map((at) =>
          Math.min(at, bytes.length),
        );
        let rest = noRest;
        const lines = places.slice(1).flatMap((end, i) => {
          const taken = takeLines(rest, bytes.subarray(places[i], end), 1000);
          rest = taken.rest;
          return taken.lines;
        });
        const whole = takeLines(noRest, bytes, 1000);
        expect(lines).toEqual(whole.lines);
        expect(rest).toEqual(whole.rest);
      }),
    );
  });

  it("may be just as long as allowed", () => {
    expect(take(`${"x".repeat(100)}\n`)).toMatchObject({ lines: ["x".repeat(100)], tooLong: false });
    expect(take("x".repeat(100))).toMatchObject({ lines: [], tooLong: false });
  });

  it("are refused when they are longer, ended or not, in one piece or in many", () => {
    expect(take(`ok\n${"x".repeat(101)}`)).toEqual({ lines: ["ok"], rest: noRest, tooLong: true });
    expect(take(`${"x".repeat(101)}\nafter\n`)).toEqual({ lines: [], rest: noRest, tooLong: true });
    const { rest } = take("x".repeat(60));
    expect(takeLines(rest, utf8ToBytes("x".repeat(41)), 100).tooLong).toBe(true);
    expect(takeLines(rest, utf8ToBytes(`${"x".repeat(41)}\n`), 100).tooLong).toBe(true);
  });

  it("hold on to nothing but what is not complete", () => {
    const received = new Uint8Array(65_536);
    received.set(utf8ToBytes("done\nrest"), 65_536 - 9);
    received.fill(0x20, 0, 65_536 - 9);
    const { rest } = takeLines(noRest, received, 70_000);
    expect(rest.buffer.byteLength).toBe(4);
  });

  it("survive bytes that are no text", () => {
    const taken = takeLines(noRest, Uint8Array.of(0xff, 0xfe, 0x00, 0x0a, 0xc3), 10);
    expect(taken.lines).toHaveLength(1);
    expect(taken.rest).toEqual(Uint8Array.of(0xc3));
  });
});
