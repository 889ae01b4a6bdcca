import * as fc from "fast-check";
import { expect } from "vitest";
import { parseJsonPath } from "../../jsonPath.ts";
import { readPayload } from "./readPayload.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 1e308, 21.5));
const leaf = fc.oneof(numbers, numbers.map(String), fc.string(), fc.constantFrom(null, true, "NaN", "1e999"));
const key = fc.oneof(fc.constantFrom("t", "at", "__proto__", "constructor", "length"), fc.string());
const document = fc.oneof(fc.dictionary(key, leaf), fc.dictionary(key, fc.array(leaf)), fc.jsonValue(), leaf);
const bracket = fc.tuple(
  fc.constantFrom("[", "{", '{"t":', "[[", '"', "-", "1e"),
  fc.integer({ max: 30_000 }),
);
/** JSON, JSON with its bytes damaged, deep nests, and any bytes at all. */
const payload = fc.oneof(
  document.map((value) => bytes(JSON.stringify(value) ?? "")),
  fc.tuple(document, fc.nat(), fc.nat(255)).map(([value, at, byte]) => {
    const text = bytes(JSON.stringify(value) ?? "");
    return text.length === 0 ? text : text.with(at % text.length, byte);
  }),
  { weight: 1, arbitrary: bracket.map(([text, times]) => bytes(text.repeat(Math.max(0, times)))) },
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: "grapheme" }).map(bytes),
);
const path = fc.option(
  fc.oneof(
    fc.constantFrom("t", "$", "[0]", "t[0]", "length", "__proto__", "constructor.length"),
    fc.string(),
  ),
  { nil: undefined },
);

/** Whatever comes in, what goes out is a finite number or a short remark in plain characters. */
export function fuzzReadPayload(runs: number): void {
  fc.assert(
    fc.property(payload, path, path, (payload, path, timePath) => {
      const read = readPayload(payload, {
        path: path === undefined ? undefined : parseJsonPath(path),
        timePath: timePath === undefined ? undefined : parseJsonPath(timePath),
      });
      if (read.kind === "value") {
        expect(read.value).toSatisfy(Number.isFinite);
        if (read.measuredAt !== undefined) expect(read.measuredAt).toSatisfy(Number.isSafeInteger);
        return;
      }
      expect(read.why.length).toBeLessThan(700);
      // oxlint-disable-next-line no-control-regex -- these are looked for
      expect(read.why).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }),
    { numRuns: runs },
  );
}
