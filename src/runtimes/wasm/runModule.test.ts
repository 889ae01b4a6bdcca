import { describe, expect, it } from "vitest";
import { runModule } from "./runModule.ts";
import { webAssembly } from "./webAssembly.ts";

const text = (words: string) => [words.length, ...new TextEncoder().encode(words)];
const section = (id: number, content: readonly number[]) => [id, content.length, ...content];
const f64 = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)];
const i32 = (value: number) => [0x41, value];

/** The magic number and the version. */
const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module that imports `input_length`, `read_input`, `write_output` and `write_floats`, in this order. */
function moduleOf(code: readonly number[]) {
  const body = [0, ...code, 0x0b];
  const imported = (name: string, type: number) => [...text("hearthwork"), ...text(name), 0, type];
  const bytes = new Uint8Array([
    ...head,
    ...section(
      1,
      [4, 0x60, 0, 0, 0x60, 0, 1, 0x7f, 0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7f, 0x60, 2, 0x7f, 0x7f, 0],
    ),
    ...section(2, [
      4,
      ...imported("input_length", 1),
      ...imported("read_input", 2),
      ...imported("write_output", 3),
      ...imported("write_floats", 3),
    ]),
    ...section(3, [1, 0]),
    ...section(5, [1, 1, 1, 1]),
    ...section(7, [2, ...text("memory"), 2, 0, ...text("run"), 0, 4]),
    ...section(10, [1, body.length, ...body]),
  ]);
  return new webAssembly.Module(bytes);
}

const run = (code: readonly number[], input: readonly number[] = [], maxOutputBytes = 64) =>
  runModule({ module: moduleOf(code), input: new Uint8Array(input), maxOutputBytes, onProgress: () => {} });

const readAll = [...i32(0), ...i32(8), 0x10, 0, 0x10, 1, 0x1a];
const store = (at: number, value: number) => [...i32(at), 0x44, ...f64(value), 0x39, 3, 0];

describe("a task", () => {
  it("reads its input and writes its output", () => {
    expect(run([...readAll, ...i32(8), ...i32(3), 0x10, 2], [7, 8, 9])).toEqual(new Uint8Array([7, 8, 9]));
  });

  it("reads no more than there is", () => {
    const readTen = [...i32(1), ...i32(8), ...i32(10), 0x10, 1];
    // The count that was read is written as a byte.
    expect(run([...i32(0), ...readTen, 0x36, 2, 0, ...i32(0), ...i32(1), 0x10, 2], [7, 8, 9])).toEqual(
      new Uint8Array([2]),
    );
  });

  it("writes every NaN alike, and every other float as it is", () => {
    // The bits of a NaN that no computation gives.
    const strange = [...i32(8), 0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x37, 3, 0];
    const output = run([...strange, ...store(16, -0), ...i32(8), ...i32(2), 0x10, 3]);
    expect(output).toEqual(new Uint8Array([...f64(Number.NaN), ...f64(-0)]));
  });

  it.each([
    ["writes more than it may", [...i32(0), ...i32(40), 0x10, 2, ...i32(0), ...i32(40), 0x10, 2]],
    ["writes from where it has no memory", [0x41, 0xff, 0xff, 0x03, ...i32(2), 0x10, 2]],
    ["writes from before its memory", [...i32(0x7f), ...i32(1), 0x10, 2]],
    ["writes less than nothing", [...i32(0), ...i32(0x7f), 0x10, 2]],
  ])("that %s fails", (_what, code) => {
    expect(() => run(code)).toThrow(expect.objectContaining({ name: "TaskFault" }));
  });
});
