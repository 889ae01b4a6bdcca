import { describe, expect, it } from "vitest";
import { parseDamagedJson } from "./parseDamagedJson.ts";

describe("JSON as the cgminer family writes it", () => {
  it.each<[string, string, unknown]>([
    ["whole", '{"a":[1,"x",null,true]}', { a: [1, "x", null, true] }],
    ["with a comma before a brace", '{"a":{"b":1,},}', { a: { b: 1 } }],
    ["without a comma between objects", '{"a":[{"b":1}{"c":2}]}', { a: [{ b: 1 }, { c: 2 }] }],
    ["of two objects one after the other", '{"a":1}{"b":2}', { a: 1, b: 2 }],
    ["with a comma before the first object", '{"a":[,{"b":1}]}', { a: [{ b: 1 }] }],
    ["without a comma before a key", '{"chip":"78-50""temp0":45}', { chip: "78-50", temp0: 45 }],
    ["with a doubled quote before a key", '{"a":1,""temp0":45}', { a: 1, temp0: 45 }],
    ["with an empty value before a key without its quote", '{"a":""temp0":45}', { a: "", temp0: 45 }],
    [
      "with bare inf and nan",
      '{"a":inf,"b":nan,"c":-inf,"d":NaN,"e":1}',
      { a: null, b: null, c: null, d: null, e: 1 },
    ],
    ["with inf in a string", '{"a":"inf",}', { a: "inf" }],
    ["with a comma in front of it", ',{"a":1}', { a: 1 }],
    ["without its first brace", ',"STATUS":[{"STATUS":"S"}],"id":1}', { STATUS: [{ STATUS: "S" }], id: 1 }],
    ["cut off after a member", '{"a":[{"b":1,"c":2},{"d":3', { a: [{ b: 1, c: 2 }, {}] }],
    ["cut off in a key", '{"a":1,"bc', { a: 1 }],
    ["cut off in a word", '{"a":1,"b":tru', { a: 1 }],
    ["cut off in a text", '{"a":1,"b":"half', { a: 1 }],
    ["cut off in its pairs", '{"a":"PS[0 1] Fan[5] MPO[80', { a: "PS[0 1] Fan[5]" }],
    ["broken over lines, in texts too", '{"a":\n"b\nc",}\r\n', { a: "b\nc" }],
    ["with escapes", '{"a":"\\u0041\\n\\"\\/\\q",}', { a: 'A\n"/q' }],
    [
      "with a key like Object's own",
      '{"__proto__":1,"a":2,}',
      Object.fromEntries([
        ["__proto__", 1],
        ["a", 2],
      ]),
    ],
  ])("is read %s", (_, text, value) => {
    expect(parseDamagedJson(text)).toEqual(value);
  });

  it.each([
    "",
    " ",
    "}{,}",
    "hello",
    "<html><body>401</body></html>",
    "]",
    '{"a":<b>}',
    '{"a" 1}',
    '[{"a":1]x]',
    "{}x",
  ])("is not made up from %j", (text) => {
    expect(parseDamagedJson(text)).toBeUndefined();
  });

  it("is not followed down without end", () => {
    expect(parseDamagedJson(`${'{"a":['.repeat(5000)},`)).toBeUndefined();
  });

  it("never takes a number whose end may be missing", () => {
    const text = '{"POWER":[{"Watts":1234,"Volts":230.5}],"id":1}';
    for (let end = 0; end < text.length; end++) {
      const { POWER = [] } = (parseDamagedJson(text.slice(0, end)) ?? {}) as {
        POWER?: { Watts?: number; Volts?: number }[];
      };
      expect([undefined, 1234]).toContain(POWER[0]?.Watts);
      expect([undefined, 230.5]).toContain(POWER[0]?.Volts);
    }
  });
});
