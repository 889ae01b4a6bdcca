import { expect, it } from "vitest";
import { parseExchangeAddress } from "./exchangeAddress.ts";

const fingerprint = "0123456789abcdef".repeat(2);
const join = `hwj_${"x".repeat(43)}`;

it("is read as a URL, a fingerprint, and whose a machine is that joins", () => {
  expect(parseExchangeAddress(`https://exchange.example/#${fingerprint}`)).toEqual({
    url: "https://exchange.example",
    fingerprint,
  });
  expect(parseExchangeAddress(`http://127.0.0.1:7421/#${fingerprint}.${join}`)).toEqual({
    url: "http://127.0.0.1:7421",
    fingerprint,
    join,
  });
});

it.each([
  ["no URL", "exchange.example"],
  ["without a fingerprint", "https://exchange.example/"],
  ["with half of one", `https://exchange.example/#${fingerprint.slice(1)}`],
  ["with a token that is none", `https://exchange.example/#${fingerprint}.hwj_short`],
  ["with more behind it", `https://exchange.example/#${fingerprint}.${join}.more`],
  ["with a password", `https://me:secret@exchange.example/#${fingerprint}`],
  ["in the clear elsewhere", `http://exchange.example/#${fingerprint}`],
])("%s is refused", (_what, text) => {
  expect(() => parseExchangeAddress(text)).toThrow("this is no address of an exchange");
});
