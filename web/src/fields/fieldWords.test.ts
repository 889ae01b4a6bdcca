import { describe, expect, it } from "vitest";
import { fieldWords } from "./fieldWords.ts";

describe("a key in words", () => {
  it.each([
    ["name", "Name", ""],
    ["fullWatts", "Full power", "W"],
    ["watts", "Power", "W"],
    ["minOnMinutes", "Min on", "min"],
    ["staggerSeconds", "Stagger", "s"],
    ["maxDeviceC", "Max device", "°C"],
    ["bandK", "Band", "K"],
    ["areaM2", "Area", "m²"],
    ["frequencyMhz", "Frequency", "MHz"],
    ["perKwh", "Price", "per kWh"],
    ["pricePerKwh", "Price", "per kWh"],
    ["softOff", "Soft off", ""],
  ])("%s is %s in %s", (key, label, unit) => expect(fieldWords(key)).toEqual({ label, unit }));
});
