import { describe, expect, it } from "vitest";
import { fieldWords, pathWords } from "./fieldWords.ts";

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

describe("a path in words", () => {
  it.each([
    ["site.feeder.maxWatts", "Feeder › Max power"],
    ["sinks[1].sensor.topic", "Room 2 › Sensor › Topic"],
    ["heaters[0].pools[0].url", "Heater 1 › Pools 1 › Address"],
    ["site", ""],
  ])("%s is %s", (path, words) => expect(pathWords(path)).toBe(words));
});
