import { describe, expect, it } from "vitest";
import { readOrder, usualOrder } from "./jobOrder.ts";

const now = Date.UTC(2026, 0, 15, 12);
const files = { module: "a".repeat(64), input: null };

describe("a job's form", () => {
  it("is read as the exchange takes it", () =>
    expect(readOrder({ ...usualOrder, name: "Risk", tasks: "64", bid: "0.002" }, files, now)).toEqual({
      kind: "spec",
      spec: {
        name: "Risk",
        kind: "wasm",
        tasks: 64,
        classSeconds: 1,
        memoryMiB: 64,
        limitSeconds: 300,
        bid: "0.002",
        retries: 3,
        module: files.module,
        input: null,
        deadline: "2026-01-15T14:00:00.000Z",
      },
    }));

  it.each([
    [{ bid: "cheap" }, /^Bid: write it like/],
    [{ tasks: "0" }, /^Tasks: /],
    [{ name: " " }, /^Name: /],
    [{ hours: "-1" }, /^Wanted within: /],
    [{ hours: "soon" }, /^Wanted within: /],
  ])("says what is wrong with %o", (change, words) =>
    expect(readOrder({ ...usualOrder, name: "Risk", ...change }, files, now)).toEqual({
      kind: "wrong",
      words: expect.stringMatching(words) as string,
    }),
  );
});
