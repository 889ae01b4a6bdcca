import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "./errors.ts";
import { HeaterId, idPattern, SinkId } from "./ids.ts";

describe.each([
  ["SinkId", SinkId],
  ["HeaterId", HeaterId],
])("%s", (noun, id) => {
  it.each(["a", "7", "living-room", "a--b", "x".repeat(48)])('takes "%s"', (text) => {
    expect(id(text)).toBe(text);
  });

  it.each(["", "-a", "a-", "A", "a_b", "a b", "a/b", "../a", "é", "a\n", "x".repeat(49), "constructor"])(
    'refuses "%s"',
    (text) => {
      expect(() => id(text)).toThrow(HearthworkError);
      expect(() => id(text)).toThrow(expect.objectContaining({ code: "id/malformed", data: { noun } }));
    },
  );

  it("does not repeat a long text in full", () => {
    expect(() => id("X".repeat(10_000))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{0,250}$/) }),
    );
  });
});

describe("what passes as an id", () => {
  it("needs no escape in a URL, a topic or a file name", () => {
    fc.assert(
      fc.property(fc.stringMatching(idPattern), (text) => {
        expect(SinkId(text)).toBe(text);
        expect(encodeURIComponent(text)).toBe(text);
        expect(text).not.toMatch(/[/+#.\\\s]/);
      }),
    );
  });
});
