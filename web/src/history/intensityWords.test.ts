import { expect, it } from "vitest";
import { intensityWords } from "./intensityWords.ts";

const sci = {
  gramsPerTerahash: 0.00331,
  gramsPerKwh: 412.4,
  embodiedKg: 0.103,
  embodied: "assumed",
} as const;

it.each([
  [sci, "3.31 mg per TH, 412 g per kWh of computing; in it 0.10 kg for making the devices, assumed"],
  [
    { ...sci, gramsPerTerahash: null, embodied: "told" },
    "412 g per kWh of computing; in it 0.10 kg for making the devices, by what you told",
  ],
  [{ ...sci, gramsPerKwh: null }, undefined],
  [null, undefined],
] as const)("says of %j what computing emitted", (told, words) => {
  expect(intensityWords({ sci: told })?.replaceAll("\u00a0", " ")).toBe(words);
});
