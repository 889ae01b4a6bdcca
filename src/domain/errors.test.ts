import { describe, expect, it } from "vitest";
import { HearthworkError, messageOf } from "./errors.ts";

describe("HearthworkError", () => {
  it("carries what explains it, and is for good unless it says otherwise", () => {
    const cause = new Error("socket closed");
    const fault = new HearthworkError({
      code: "pool/gone",
      message: "Check the pool's address",
      data: { port: 3333 },
      cause,
    });
    expect(fault).toBeInstanceOf(Error);
    expect(fault).toMatchObject({
      name: "HearthworkError",
      code: "pool/gone",
      data: { port: 3333 },
      retry: "never",
      cause,
    });
    expect(new HearthworkError({ code: "a/b", message: "c", retry: "later" })).toMatchObject({
      retry: "later",
      data: {},
    });
    expect("cause" in new HearthworkError({ code: "a/b", message: "c" })).toBe(false);
  });
});

describe("messageOf", () => {
  it.each([
    [new Error("broken"), "broken"],
    ["text", "text"],
    [undefined, "undefined"],
    [7, "7"],
  ])("of %j", (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});
