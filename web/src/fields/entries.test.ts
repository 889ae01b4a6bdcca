import { describe, expect, it } from "vitest";
import type { Field } from "../api.ts";
import { changed, changesOf, missingIn, withKey } from "./entries.ts";

const field = (key: string, changes: Partial<Field> = {}): Field => ({
  key,
  kind: "text",
  description: "",
  required: true,
  secret: false,
  default: null,
  min: null,
  max: null,
  options: [],
  fields: [],
  ...changes,
});

describe("changes of an entry", () => {
  it.each([
    ["nothing", { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, {}],
    ["a value", { a: 1, b: 2 }, { a: 3, b: 2 }, { a: 3 }],
    ["a new key", {}, { a: 1 }, { a: 1 }],
    ["a key that is gone", { a: 1, b: 2 }, { b: 2 }, { a: null }],
    ["a key of a section", { a: { b: 1, c: 2, d: 3 } }, { a: { b: 1, c: 4 } }, { a: { c: 4, d: null } }],
    ["a list, whole", { a: [1, 2] }, { a: [1] }, { a: [1] }],
    ["a section in a value's place", { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])("%s", (_what, before, after, changes) => expect(changesOf(before, after)).toEqual(changes));
});

describe("the changes made to the entry that they were found in, or to another", () => {
  it.each([
    [
      { a: 1, b: 2 },
      { a: null, c: 3 },
      { b: 2, c: 3 },
    ],
    [{ a: { b: 1, c: 2 } }, { a: { c: 4, b: null } }, { a: { c: 4 } }],
    [{ a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
    [{ d: "since" }, { a: 1 }, { d: "since", a: 1 }],
    [{}, { a: null }, {}],
  ])("%j and %j", (before, changes, after) => expect(changed(before, changes)).toEqual(after));
});

it("a key is set or left out", () => {
  expect(withKey({ a: 1 }, "b", 2)).toEqual({ a: 1, b: 2 });
  expect(withKey({ a: 1, b: 2 }, "b", undefined)).toEqual({ a: 1 });
});

describe("what is missing", () => {
  const fields = [
    field("address"),
    field("note", { required: false }),
    field("feeder", { kind: "section", fields: [field("maxWatts")] }),
    field("pools", {
      kind: "list",
      fields: [field("", { kind: "section", fields: [field("url"), field("user")] })],
    }),
  ];
  it.each([
    [{}, ["address", "feeder", "pools"]],
    [{ address: "", feeder: {}, pools: [] }, ["address", "feeder.maxWatts", "pools"]],
    [{ address: "x", feeder: { maxWatts: 0 }, pools: [{ url: "u" }] }, ["pools.user"]],
    [{ address: "x", feeder: { maxWatts: 0 }, pools: [{ url: "u", user: "me" }] }, []],
  ])("of %j", (entry, missing) => expect(missingIn(fields, entry)).toEqual(missing));
});
