import * as fc from "fast-check";
import { expect, it } from "vitest";
import { cookieName, cookieNamed, strictCookie } from "./cookies.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const name = "hearthwork-site";

it("a Cookie header may be anything at all", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("; ", ";", "=", name, `${name}=`, `__Host-${name}=x`, " ", '"', "\u0000"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const header = pieces.join("");
      const found = cookieNamed(name, header);
      if (found !== undefined) {
        expect(header).toContain(found);
        expect(found).not.toContain(";");
      }
    }),
    { numRuns },
  );
});

it("a cookie that was set is found again, whatever else there is", () => {
  const other = fc.string({ unit: "grapheme-ascii", maxLength: 20 }).filter((text) => !text.includes(name));
  const value = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
  fc.assert(
    fc.property(fc.array(other), value, fc.boolean(), (others, value, isSecure) => {
      const own = cookieName(name, isSecure);
      const [pair = ""] = strictCookie({ name: own, value, maxAge: 60, isSecure }).split("; ");
      const header = [...others.map((text) => text.replaceAll(";", "")), pair].join("; ");
      expect(cookieNamed(own, header)).toBe(value);
      expect(cookieNamed(cookieName(name, !isSecure), header)).toBeUndefined();
    }),
    { numRuns: Math.ceil(numRuns / 10) },
  );
});
