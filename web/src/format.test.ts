import { describe, expect, it } from "vitest";
import {
  celsius,
  count,
  degrees,
  duration,
  energy,
  hashRate,
  kilowattHours,
  localeOf,
  money,
  price,
  satoshis,
  sentence,
  watts,
} from "./format.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

it("begins a sentence", () => expect(["holding 90 W", ""].map(sentence)).toEqual(["Holding 90 W", ""]));

describe("numbers for people", () => {
  it.each([
    [20.62, "20.6 °C"],
    [-4.25, "−4.3 °C"],
    [-0.04, "0.0 °C"],
    [null, "–"],
  ])("writes %s °C as %s", (value, text) => expect(plain(celsius(value))).toBe(text));

  it("rounds degrees to the digits asked for", () => expect(degrees(61.5, 0)).toBe("62"));

  it.each([
    [0, "0 W"],
    [0.04, "0 W"],
    [6.42, "6.4 W"],
    [9.96, "10 W"],
    [90.4, "90 W"],
    [999.4, "999 W"],
    [999.6, "1.00 kW"],
    [1450, "1.45 kW"],
    [12_345, "12.3 kW"],
    [null, "–"],
  ])("writes %s W as %s", (value, text) => expect(plain(watts(value))).toBe(text));

  it.each([
    [0, "0 H/s"],
    [999, "999 H/s"],
    [999.6, "1.00 kH/s"],
    [4.2e6, "4.20 MH/s"],
    [16.64e6, "16.6 MH/s"],
    [123.4e9, "123 GH/s"],
    [13.5e12, "13.5 TH/s"],
    [2.5e18, "2500 PH/s"],
    [null, "–"],
  ])("writes %s H/s as %s", (value, text) => expect(plain(hashRate(value))).toBe(text));

  it.each([
    [0, "0.000"],
    [0.0314, "0.031"],
    [0.5, "0.50"],
    [9.99, "9.99"],
    [12.34, "12.3"],
  ])("writes %s kWh as %s", (value, text) => expect(kilowattHours(value)).toBe(text));

  it.each([
    [0, "0.00 Wh"],
    [0.00042, "0.42 Wh"],
    [0.0314, "31 Wh"],
    [0.5, "0.50 kWh"],
  ])("writes %s kWh with its unit as %s", (value, text) => expect(plain(energy(value))).toBe(text));

  it.each([
    ["0.000000", "$0.00"],
    ["0.000005", "$0.000005"],
    ["0.012800", "$0.0128"],
    ["12.500000", "$12.50"],
  ])("writes a price of %s as %s", (amount, text) =>
    expect(price({ amount, currency: "USD" }, "en-US")).toBe(text),
  );

  it.each([
    ["0.000000", "0"],
    ["0.000400", "< 0.001"],
    ["0.074100", "0.074"],
    ["1.500000", "1.50"],
    ["12345.678900", "12,346"],
  ])("writes %s sats as %s", (value, text) => expect(satoshis(value, "en-GB")).toBe(text));

  it.each([
    ["1.234567", "EUR", "€1.23"],
    ["0.041230", "USD", "US$0.041"],
    ["0.000000", "GBP", "£0.00"],
    ["-0.500000", "CHF", "-CHF 0.50"],
  ])("writes %s %s as %s", (amount, currency, text) => {
    expect(plain(money({ amount, currency }, "en-GB"))).toBe(text);
  });

  it("groups thousands", () => expect(count(12_040, "en-US")).toBe("12,040"));

  it.each([
    [-5, "0 s"],
    [40.4, "40 s"],
    [359, "6 min"],
    [3600, "1 h"],
    [7500, "2 h 5 min"],
    [300_000, "3 days"],
  ])("writes %s s as %s", (seconds, text) => expect(duration(seconds)).toBe(text));

  it.each([
    ["en-US", "en-US"],
    ["EN-au", "EN-au"],
    ["de-DE", "en-GB"],
    [undefined, "en-GB"],
  ])("reads to a browser in %s as %s", (language, locale) => expect(localeOf(language)).toBe(locale));
});
