import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TinyModule, tinyModule } from "../../../test/exchange/tinyModule.ts";
import { judgeModule, maxModuleBytes } from "./judgeModule.ts";

const whyOf = (module: TinyModule): string => {
  const verdict = judgeModule(tinyModule(module));
  return verdict.kind === "refused" ? verdict.why : "sound";
};

describe("a module", () => {
  it("that imports the ABI, and declares what memory it may use, may run", () => {
    const module = tinyModule({
      imports: [{ name: "input_length" }, { name: "progress" }],
      limits: [1, 1, 32],
    });
    expect(judgeModule(module)).toEqual({ kind: "sound", maxMemoryMiB: 2 });
  });

  it.each<[string, TinyModule, RegExp]>([
    [
      "imports WASI",
      { imports: [{ module: "wasi_snapshot_preview1", name: "fd_write" }] },
      /imports wasi_snapshot_preview1\.fd_write/,
    ],
    ["imports a function that there is not", { imports: [{ name: "fetch" }] }, /imports hearthwork\.fetch/],
    ["imports no function", { imports: [{ name: "progress", kind: 3 }] }, /no function/],
    ["declares no maximum", { limits: [0, 1] }, /no declared maximum/],
    ["shares its memory", { limits: [3, 1, 2] }, /shared between threads/],
    ["has addresses of 64 bits", { limits: [5, 1, 2] }, /64-bit/],
    ["may use more than there can be", { limits: [1, 1, 0x81, 0x80, 0x04] }, /larger than there can be/],
    ["has no memory", { limits: null, exports: ["run"] }, /one memory/],
    ["does not export its memory", { exports: ["run"] }, /export its memory/],
    ["does not export run", { exports: ["memory"] }, /function "run"/],
    ["has a huge table", { table: 100_000 }, /table/],
    ["uses threads", { code: [0xfe, 0x03, 0] }, /threads/],
    ["uses relaxed SIMD", { code: [0xfd, 0x80, 0x02] }, /relaxed SIMD/],
    ["calls in the tail", { code: [0x12, 0] }, /0x12/],
    ["grows a table", { code: [0xfc, 15, 0] }, /0xfc f/],
    ["uses references", { code: [0xd0, 0x70, 0x1a] }, /0xd0/],
    ["has a section of tags", { after: [13, 0] }, /proposal/],
    ["ends in the middle", { after: [10, 5, 1] }, /no WebAssembly module/],
  ])("that %s may not", (_what, module, why) => {
    expect(whyOf(module)).toMatch(why);
  });

  it("that hides relaxed SIMD behind all that may stand before it is found out", () => {
    const before = [
      [0x41, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x1a], // i32.const, drop
      [0x44, 0xfd, 0x80, 0x02, 0, 0, 0, 0, 0, 0x1a], // f64.const of the very bytes, drop
      [0x02, 0x40, 0x0e, 1, 0, 0, 0x0b], // block, br_table, end
      [0xfd, 12, ...Array.from({ length: 16 }, () => 0xfd), 0x1a], // v128.const, drop
      [0x41, 0, 0x28, 2, 0, 0x1a, 0x3f, 0, 0x1a], // i32.load, memory.size
    ].flat();
    expect(whyOf({ code: before })).toBe("sound");
    expect(whyOf({ code: [...before, 0xfd, 0x80, 0x02] })).toMatch(/relaxed SIMD/);
  });

  it("that is too long may not", () => {
    expect(judgeModule(new Uint8Array(maxModuleBytes + 1))).toMatchObject({ kind: "refused" });
  });

  it("is judged whatever its bytes are", () => {
    const sound = tinyModule({ code: [0x41, 0, 0x1a] });
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, byte) => {
        const changed = sound.slice();
        changed[at] = byte;
        expect(["sound", "refused"]).toContain(judgeModule(changed).kind);
      }),
      { numRuns: Number(process.env["HEARTHWORK_FUZZ"] ?? 5000) },
    );
  });
});
