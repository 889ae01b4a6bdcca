import * as fc from "fast-check";
import { expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import { readBracketed } from "./bracketed.ts";
import { readReply } from "./cgminerReply.ts";
import { parseDamagedJson } from "./parseDamagedJson.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const whole = JSON.stringify({
  STATUS: [{ STATUS: "S", When: 1_753_431_516, Code: 11, Msg: "Summary" }],
  SUMMARY: [{ Elapsed: 37_714, "MHS 5s": 0.5, "MM ID0": "Ver[Q-1] PS[0 1222 4] DH[2.4%]" }],
  id: 1,
});

/** A whole reply with pieces cut out, doubled, or put in. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(12),
      put: fc.oneof(
        fc.constantFrom(",", "}{", "[,{", '""', "inf", "nan", "\0", "\n", "\\", '"', "]", "}", "-", "{", "["),
        fc.string({ maxLength: 6 }),
      ),
    }),
    { maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), whole),
  );

it("a reply that is damaged anyhow is read or refused, and nothing else", () => {
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string({ maxLength: 300 })), (text) => {
      try {
        const { sections } = readReply(text);
        for (const rows of Object.values(sections)) expect(Array.isArray(rows)).toBe(true);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(HearthworkError);
        expect(thrown).toMatchObject({ code: "device/garbage", retry: "later" });
      }
    }),
    { numRuns },
  );
});

it("what is no damage is read as JSON is", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseDamagedJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns },
  );
});

it("pairs in brackets are read from any text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "K", " ", "[", "]", "1", "-", "'", ":", "{") }),
      (text) => {
        for (const [key, value] of readBracketed(text)) {
          expect(key).not.toMatch(/[[\]]/);
          expect(value).not.toMatch(/[[\]]/);
        }
      },
    ),
    { numRuns },
  );
});
