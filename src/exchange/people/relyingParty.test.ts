import { expect, it } from "vitest";
import { relyingPartyOf } from "./relyingParty.ts";

it.each([
  ["https://exchange.example", { id: "exchange.example", origin: "https://exchange.example" }],
  ["https://exchange.example:7421", { id: "exchange.example", origin: "https://exchange.example:7421" }],
  ["http://127.0.0.1:7421", { id: "localhost", origin: "http://localhost:7421" }],
  ["http://[::1]:7421", { id: "localhost", origin: "http://localhost:7421" }],
  ["https://192.168.1.20:7421", undefined],
  ["https://[2001:db8::1]", undefined],
])("passkeys of %s are for %o", (url, party) => expect(relyingPartyOf(url)).toEqual(party));
