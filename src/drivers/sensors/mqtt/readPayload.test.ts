import { describe, expect, it } from "vitest";
import { parseJsonPath } from "../../jsonPath.ts";
import { readPayload } from "./readPayload.ts";
import { fuzzReadPayload } from "./readPayload.suite.ts";

const read = (text: string, path?: string, timePath?: string) =>
  readPayload(new TextEncoder().encode(text), {
    path: path === undefined ? undefined : parseJsonPath(path),
    timePath: timePath === undefined ? undefined : parseJsonPath(timePath),
  });
const value = (value: number, measuredAt?: number) => ({ kind: "value", value, measuredAt });
const bad = (why: string) => ({ kind: "bad", why });
const absent = (why: string) => ({ kind: "absent", why });

describe("a payload", () => {
  it.each([
    ["21.5", undefined, value(21.5)],
    [" -3 \n", undefined, value(-3)],
    [".5", undefined, value(0.5)],
    ["2.15e1", undefined, value(21.5)],
    ["0x1F", undefined, bad('its message is no number: "0x1F"')],
    ["21,5", undefined, bad('its message is no number: "21,5"')],
    ["NaN", undefined, bad('its message is no number: "NaN"')],
    ["1e999", undefined, bad('its message is no number: "1e999"')],
    ["", undefined, bad("its message is empty")],
    ["   ", undefined, bad('its message is no number: "   "')],
    ["on\u001b[2J", undefined, bad('its message is no number: "on·[2J"')],
    ['{"t":21.5}', "t", value(21.5)],
    ['{"t":"21.5"}', "$.t", value(21.5)],
    ["21.5", "$", value(21.5)],
    ['{"sensors":[{"t":20},{"t":21}]}', "sensors[1].t", value(21)],
    ['{"living room":{"t":19}}', "['living room'].t", value(19)],
    ['{"a.b":1}', '["a.b"]', value(1)],
    ['{"t":{"c":1}}', "t", bad('what lies at t is no number: "{"c":1}"')],
    ['{"t":true}', "t", bad('what lies at t is no number: "true"')],
    ['{"t":[21]}', "t", bad('what lies at t is no number: "[21]"')],
    ['{"t":""}', "t", bad('what lies at t is no number: ""')],
    ['{"t":null}', "t", absent("nothing lies at t")],
    ['{"battery":97}', "t", absent("nothing lies at t")],
    ["{}", "constructor.length", absent("nothing lies at constructor.length")],
    ['{"t":21', "t", bad('its message is no JSON: "{"t":21"')],
  ])("%j at %j", (text, path, expected) => {
    expect(read(text, path)).toEqual(expected);
  });

  it.each([
    ["2026-01-15T13:00:00+01:00", Date.UTC(2026, 0, 15, 12)],
    ["2026-01-15T12:00:00Z", Date.UTC(2026, 0, 15, 12)],
    [1_768_478_400, Date.UTC(2026, 0, 15, 12)],
    ["1768478400500", Date.UTC(2026, 0, 15, 12) + 500],
  ])("was measured at %j", (at, expected) => {
    expect(read(JSON.stringify({ t: 1, at }), "t", "at")).toEqual(value(1, expected));
  });

  it.each([["2026-01-15T13:00:00"], ["noon"], [0], [12_345], [null], ["9999-99-99T99:99:99Z"]])(
    "has no time of measurement in %j",
    (at) => {
      const why = `what lies at at is no time: "${at === null ? "null" : at}"`;
      expect(read(JSON.stringify({ t: 1, at }), "t", "at")).toEqual(bad(why));
    },
  );

  it("is not read when it is no text, or too long", () => {
    expect(readPayload(Uint8Array.from([0xff, 0xfe]), {})).toEqual(bad("its message is not text"));
    expect(read("1".padEnd(65_536))).toEqual(value(1));
    expect(read("1".padEnd(65_537))).toEqual(bad("its message of 65537 bytes is too long"));
  });

  it("may be anything at all", () => fuzzReadPayload(Number(process.env["HEARTHWORK_FUZZ"] ?? 5000)));
});

describe("a path", () => {
  it.each([
    ["temperature", ["temperature"]],
    ["$", []],
    ["$.a", ["a"]],
    ["$[0]", [0]],
    ["a[0][1].b", ["a", 0, 1, "b"]],
    ["a-b.c d", ["a-b", "c d"]],
    ["['x y'].z", ["x y", "z"]],
    ["$price", ["$price"]],
  ])("%s leads along %j", (text, path) => {
    expect(parseJsonPath(text)).toEqual(path);
  });

  it.each([
    "a..b",
    ".a",
    "a.",
    "a[",
    "a[x]",
    "a[-1]",
    "a[0]b",
    "a['b]",
    "a[*]",
    "$a..b",
    Array(18).join("a.") + "a",
  ])("%s is none", (text) => {
    expect(parseJsonPath(text)).toBeUndefined();
  });
});
